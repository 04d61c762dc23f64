package dev.salver.sandbox.api;

import java.nio.file.Path;
import java.util.stream.Stream;

/** The ways in to an API: the sandbox's own two, and a real API server's. */
enum Face {
  IN_PROCESS,
  HTTPS,
  REAL;

  private static final String VARIABLE = "SALVER_REAL_KUBECONFIG";

  /** All that this machine has; a real server is there where the environment names one. */
  static Stream<Face> all() {
    if (System.getenv(VARIABLE) == null) {
      System.out.println(
          "The API contract is not tried on a real API server: " + VARIABLE + " is not set.");
      return Stream.of(IN_PROCESS, HTTPS);
    }
    return Stream.of(values());
  }

  Target open() {
    return switch (this) {
      case IN_PROCESS -> new Target.InProcess();
      case HTTPS -> new Target.Https();
      case REAL -> new Target.Real(Path.of(System.getenv(VARIABLE)));
    };
  }
}
