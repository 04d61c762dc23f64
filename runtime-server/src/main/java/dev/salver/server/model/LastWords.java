package dev.salver.server.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Why the server ended, where Kubernetes looks for it (the container's termination message). */
final class LastWords {
  private static final int MAX_BYTES = 4096;

  private LastWords() {}

  static void write(String message, Map<String, String> environment) {
    String named = environment.get("SALVER_TERMINATION_LOG");
    Path file = Path.of(named == null ? "/dev/termination-log" : named);
    byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
    if (named == null && !Files.isWritable(file)) {
      return;
    }
    try {
      Files.write(
          file, bytes.length > MAX_BYTES ? java.util.Arrays.copyOf(bytes, MAX_BYTES) : bytes);
    } catch (IOException e) {
      // The same words are on standard error.
    }
  }
}
