package dev.salver.cli.imports;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sources of projects that {@code salver lock} fetched: a folder for each digest, named by its hex
 * digits, with the {@code .serve} files at the paths that they have in their project. What lies
 * there is believed only if {@link SourceFolder#digest} says so.
 */
public record ImportCache(Path folder) {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /**
   * {@code salver/imports} in the user's cache folder: {@code $XDG_CACHE_HOME}, or {@code
   * ~/.cache}. The system property {@code salver.imports} names another folder.
   */
  public static ImportCache ofUser() {
    String other = System.getProperty("salver.imports");
    if (other != null) {
      return new ImportCache(Path.of(other));
    }
    String configured = System.getenv("XDG_CACHE_HOME");
    Path cache =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return new ImportCache(cache.resolve("salver").resolve("imports"));
  }

  /** Where the bare repositories lie that sources are fetched into. */
  public Path repositories() {
    return folder.resolve("git");
  }

  /** Keeps sources under their digest; they are there whole or not at all. */
  public void put(SourceFolder sources) throws IOException {
    Files.createDirectories(folder);
    Path part = Files.createTempDirectory(folder, "part");
    try {
      for (SourceFile file : sources.files()) {
        Path at = part.resolve(file.path()).normalize();
        if (!at.startsWith(part)) {
          throw new IOException("an import has a file outside itself, " + file.path());
        }
        Files.createDirectories(at.getParent());
        Files.writeString(at, file.text());
      }
      Path place = place(sources.digest());
      remove(place);
      Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      remove(part);
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path each : below.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  /** Where the sources of a digest lie, or are to be put. */
  public Path place(String digest) {
    if (!DIGEST.matcher(digest).matches()) {
      throw new IllegalArgumentException("no digest: " + digest);
    }
    return folder.resolve(digest.substring("sha256:".length()));
  }

  /**
   * The sources of a digest; empty where there are none.
   *
   * @param digest as {@code serve.lock} has it, checked or not
   */
  Optional<SourceFolder> read(String digest) throws IOException {
    if (!DIGEST.matcher(digest).matches()
        || !Files.isDirectory(place(digest), LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    return Optional.of(SourceFolder.read(place(digest)));
  }
}
