package dev.salver.sandbox.node;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which images this machine can run, as programs. Handed in by whoever starts the sandbox. */
@FunctionalInterface
public interface Programs {
  /**
   * The program behind an image.
   *
   * @return empty where nothing on this machine runs it
   */
  Optional<Program> of(String image);

  /**
   * A program in place of an image's entry point.
   *
   * @param command executable and leading arguments; the container's {@code args} follow
   * @param environment what the program needs besides the container's {@code env}
   */
  record Program(List<String> command, Map<String, String> environment) {}
}
