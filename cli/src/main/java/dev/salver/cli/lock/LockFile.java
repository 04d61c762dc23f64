package dev.salver.cli.lock;

import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.lock.LockWriter;
import dev.salver.compiler.source.SourceFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * {@code serve.lock} in a project's folder: there as it was, or as it should be, never in between.
 */
public final class LockFile {
  private LockFile() {}

  /**
   * Writes a lock.
   *
   * @return false where the file had these bytes already, or where there is nothing to pin and no
   *     file
   */
  public static boolean write(Path project, Lock lock) throws IOException {
    Path file = project.resolve(SourceFolder.LOCK);
    byte[] bytes = LockWriter.write(lock).getBytes(StandardCharsets.UTF_8);
    boolean exists = Files.isRegularFile(file);
    boolean nothing = lock.artifacts().isEmpty() && lock.imports().isEmpty();
    if (exists ? java.util.Arrays.equals(Files.readAllBytes(file), bytes) : nothing) {
      return false;
    }
    Path part = Files.createTempFile(project, ".serve", ".lock");
    try {
      Files.write(part, bytes);
      if (exists) {
        Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(file));
      } else {
        Files.setPosixFilePermissions(
            part, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
    return true;
  }
}
