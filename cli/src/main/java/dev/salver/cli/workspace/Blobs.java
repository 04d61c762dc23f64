package dev.salver.cli.workspace;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * Content-addressed copies of model files: {@code blobs/SHA256/NAME}. The same bytes have the same
 * URI, other bytes another one, so retraining in place makes a new revision.
 */
public final class Blobs {
  private final Path folder;
  private final Map<Path, Known> known = new HashMap<>();

  private record Known(long size, FileTime modified, URI uri) {}

  public Blobs(Path folder) {
    this.folder = folder;
  }

  /**
   * The URI of a file's bytes as they are now; copied at most once.
   *
   * @return empty where there is no such regular file
   */
  public Optional<URI> put(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    long size = Files.size(file);
    FileTime modified = Files.getLastModifiedTime(file);
    Known before = known.get(file);
    if (before != null
        && before.size() == size
        && before.modified().equals(modified)
        && Files.exists(Path.of(before.uri()))) {
      return Optional.of(before.uri());
    }
    URI uri = copy(file);
    known.put(file, new Known(size, modified, uri));
    return Optional.of(uri);
  }

  private URI copy(Path file) throws IOException {
    Files.createDirectories(folder);
    MessageDigest digest = sha256();
    Path part = Files.createTempFile(folder, "copy", ".part");
    try {
      try (InputStream in = Files.newInputStream(file);
          OutputStream out = new DigestOutputStream(Files.newOutputStream(part), digest)) {
        in.transferTo(out);
      }
      Path target =
          folder
              .resolve(HexFormat.of().formatHex(digest.digest()))
              .resolve(file.getFileName().toString());
      Files.createDirectories(target.getParent());
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      return target.toUri();
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
