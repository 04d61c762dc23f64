package dev.salver.server.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * ONNX Runtime 1.29.0 overruns its stack while it is loaded where the process has a long command
 * line, and ends the process without a word (measured on Linux x64: 3,919 bytes do, 4,019 do not).
 * A class path easily is so long; so it is looked at before.
 */
final class CommandLine {
  private static final Path OWN = Path.of("/proc/self/cmdline");
  private static final int MAX_BYTES = 3900;

  private CommandLine() {}

  /** Why the library must not be loaded, if so. */
  static Optional<String> tooLong() {
    try {
      int bytes = Files.isReadable(OWN) ? Files.readAllBytes(OWN).length : 0;
      return bytes <= MAX_BYTES
          ? Optional.empty()
          : Optional.of(
              "the command line is "
                  + bytes
                  + " bytes long and ONNX Runtime crashes above some 3,900; give the class path in the"
                  + " environment's CLASSPATH, as DIR/*, or in an @FILE");
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
