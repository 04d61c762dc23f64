package dev.salver.artifacts.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.stream.Stream;

/**
 * A hidden folder inside the target where files grow until all are whole, so that a crash leaves
 * this folder and nothing that looks like a model. The next fetch removes it.
 */
public final class Staging implements AutoCloseable {
  /** Its name. Where it exists, a fetch was interrupted. */
  public static final String NAME = ".salver-fetch";

  private static final int CHUNK = 64 << 10;

  private final Path target;
  private final Path folder;
  private final Call call;
  private long written;

  Staging(Path target, Call call) throws IOException {
    this.target = target;
    this.folder = target.resolve(NAME);
    this.call = call;
    Files.createDirectories(target);
    remove(folder);
    Files.createDirectory(folder);
  }

  /** A fetch into the folder was interrupted. */
  public static boolean interrupted(Path target) {
    return Files.exists(target.resolve(NAME));
  }

  /** A reason to stop that is not broken I/O. */
  static final class Stop extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Failure failure;

    Stop(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  /** A file that came whole. */
  record Landed(long size, String sha256) {}

  /** Broken I/O on the side of the source, as opposed to the disk's. */
  static final class SourceBroken extends IOException {
    private static final long serialVersionUID = 1;

    SourceBroken(IOException cause) {
      super(cause);
    }
  }

  /** A reason to stop, out of a stream. */
  static final class Stopped extends IOException {
    private static final long serialVersionUID = 1;
    private final transient Failure failure;

    Stopped(Failure failure) {
      super(failure.message());
      this.failure = failure;
    }

    Stop stop() {
      return new Stop(failure);
    }
  }

  /** Takes in one file. */
  Landed take(String address, String path, InputStream in) throws IOException, Stop {
    Path file = folder.resolve(path).normalize();
    if (!file.startsWith(folder) || file.equals(folder)) {
      throw new Stop(
          new Failure.NotReadable(address, "it has a file outside itself, \"" + path + "\""));
    }
    Files.createDirectories(file.getParent());
    MessageDigest digest = sha256();
    long size = 0;
    byte[] chunk = new byte[CHUNK];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (int n = read(in, chunk); n >= 0; n = read(in, chunk)) {
        size += n;
        written += n;
        if (written > call.limits().bytes()) {
          throw new Stop(new Failure.TooLarge(address, call.limits().bytes()));
        }
        call.check(address);
        digest.update(chunk, 0, n);
        out.write(chunk, 0, n);
      }
    }
    return new Landed(size, HexFormat.of().formatHex(digest.digest()));
  }

  /** Lets everything be seen under the target, each top entry by one rename. */
  void publish() throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      for (Path entry : entries.toList()) {
        Path to = target.resolve(entry.getFileName());
        if (Files.isDirectory(to)) {
          remove(to);
        }
        Files.move(entry, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Override
  public void close() throws IOException {
    remove(folder);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static int read(InputStream in, byte[] chunk) throws IOException {
    try {
      return in.read(chunk);
    } catch (Stopped | SourceBroken e) {
      throw e;
    } catch (IOException e) {
      throw new SourceBroken(e);
    }
  }

  static void remove(Path path) throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    Files.walkFileTree(
        path,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path dir, @org.jspecify.annotations.Nullable IOException e) throws IOException {
            Files.delete(dir);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
