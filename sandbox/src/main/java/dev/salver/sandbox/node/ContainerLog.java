package dev.salver.sandbox.node;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What a container wrote, in a file of bounded size: {@code current.log} and one older part of it,
 * and the last run's {@code previous.log}.
 */
final class ContainerLog {
  private final Path folder;
  private final long maxBytes;

  ContainerLog(Path folder, long maxBytes) {
    this.folder = folder;
    this.maxBytes = maxBytes;
  }

  Path current() {
    return folder.resolve("current.log");
  }

  Path older() {
    return folder.resolve("current.log.1");
  }

  Path previous() {
    return folder.resolve("previous.log");
  }

  /** A new run begins: what the last one wrote becomes the previous log. */
  void roll() throws IOException {
    Files.createDirectories(folder);
    Files.deleteIfExists(older());
    if (Files.exists(current())) {
      Files.move(current(), previous(), StandardCopyOption.REPLACE_EXISTING);
    }
    Files.write(current(), new byte[0]);
  }

  /** Copies until the program closes its end. */
  void pump(InputStream from) throws IOException {
    byte[] buffer = new byte[8192];
    long written = 0;
    OutputStream out = open();
    try {
      for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
        if (written + n > maxBytes) {
          out.close();
          Files.move(current(), older(), StandardCopyOption.REPLACE_EXISTING);
          out = open();
          written = 0;
        }
        out.write(buffer, 0, n);
        written += n;
      }
    } finally {
      out.close();
    }
  }

  /** The last lines, at most {@code lines} and {@code bytes}. */
  String tail(int lines, int bytes) {
    try (var file = new RandomAccessFile(current().toFile(), "r")) {
      long from = Math.max(0, file.length() - bytes);
      byte[] end = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(end);
      String text = new String(end, StandardCharsets.UTF_8);
      int start = text.length();
      for (int seen = 0; start > 0; start--) {
        if (text.charAt(start - 1) == '\n' && start < text.length() && ++seen == lines) {
          break;
        }
      }
      return text.substring(start);
    } catch (IOException e) {
      return "";
    }
  }

  private OutputStream open() throws IOException {
    return Files.newOutputStream(
        current(), StandardOpenOption.CREATE, StandardOpenOption.APPEND, StandardOpenOption.WRITE);
  }
}
