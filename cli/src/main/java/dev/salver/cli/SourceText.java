package dev.salver.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Writes back what was read, changed: whole or not at all, and never over somebody's changes. */
final class SourceText {
  private SourceText() {}

  /**
   * Replaces a file's text.
   *
   * @param before what was read; null makes a file that must not be there yet
   * @throws CommandFailure where the file is not as it was read
   */
  static void replace(Path file, @Nullable String before, String after) throws IOException {
    boolean exists = Files.exists(file);
    boolean same =
        before == null
            ? !exists
            : exists
                && Arrays.equals(Files.readAllBytes(file), before.getBytes(StandardCharsets.UTF_8));
    if (!same) {
      throw CommandFailure.outside(
          file + " has changed since it was read and was left alone; run it again");
    }
    Path real = exists ? file.toRealPath() : file.toAbsolutePath();
    Path part = Files.createTempFile(real.getParent(), ".salver", ".part");
    try {
      Files.writeString(part, after);
      permissions(exists ? real : null, part);
      Files.move(part, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Those of the file that it takes the place of; a new one is readable for all. */
  private static void permissions(@Nullable Path from, Path to) throws IOException {
    var view = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (view != null) {
      view.setPermissions(
          from == null
              ? PosixFilePermissions.fromString("rw-r--r--")
              : Files.getPosixFilePermissions(from));
    }
  }
}
