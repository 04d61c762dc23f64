package dev.salver.cli.imports;

import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Sources of projects that {@code salver lock} fetched: a folder for each digest, named by its hex
 * digits, with the {@code .serve} files at the paths that they have in their project. What lies
 * there is believed only if {@link SourceFolder#digest} says so.
 */
public record ImportCache(Path folder) {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  /**
   * {@code salver/imports} in the user's cache folder: {@code $XDG_CACHE_HOME}, or {@code
   * ~/.cache}.
   */
  public static ImportCache ofUser() {
    String configured = System.getenv("XDG_CACHE_HOME");
    Path cache =
        configured == null || configured.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(configured);
    return new ImportCache(cache.resolve("salver").resolve("imports"));
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
