package dev.salver.compiler.lock;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sources of imported projects on this machine, {@code .salver/imports/DIGEST/}, by the digest that
 * the lock pins: what is there never changes, and what somebody changed is not taken.
 */
public final class ImportStore {
  private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");

  private final Path root;

  /**
   * @param project the project's folder
   */
  public ImportStore(Path project) {
    this.root = project.resolve(".salver").resolve("imports");
  }

  /** Where the bare repositories lie that sources are fetched into. */
  public Path repositories() {
    return root.resolve("git");
  }

  private Optional<Path> folder(String digest) {
    var match = DIGEST.matcher(digest);
    return match.matches() ? Optional.of(root.resolve(match.group(1))) : Optional.empty();
  }

  /** The sources of a digest, as they lie there; empty where there are none. */
  public Optional<SourceFolder> get(String digest) throws IOException {
    Optional<Path> folder = folder(digest);
    return folder.isPresent() && Files.isDirectory(folder.get())
        ? Optional.of(SourceFolder.read(folder.get()))
        : Optional.empty();
  }

  /** Keeps sources; they are there whole or not at all. */
  public void put(SourceFolder sources) throws IOException {
    Path folder = folder(sources.digest()).orElseThrow();
    Files.createDirectories(root);
    Path part = Files.createTempDirectory(root, "part");
    try {
      for (SourceFile file : sources.files()) {
        Path at = part.resolve(file.path()).normalize();
        if (!at.startsWith(part)) {
          throw new IOException("an import has a file outside itself, " + file.path());
        }
        Files.createDirectories(at.getParent());
        Files.write(at, file.text().getBytes(StandardCharsets.UTF_8));
      }
      remove(folder);
      Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      remove(part);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path each : below.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }
}
