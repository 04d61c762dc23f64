package dev.salver.cli.up;

import dev.salver.compiler.Output;
import dev.salver.compiler.Service;
import java.util.List;

/** Which services of an environment run on this machine: those that are InferenceServices. */
final class Served {
  private Served() {}

  /** Names of the services that {@code up} waits for and asks. */
  static List<String> here(Output output) {
    return output.services().stream()
        .map(Service::name)
        .filter(name -> isInferenceService(output, name))
        .toList();
  }

  /** Names of those whose objects are only written, such as graphs. */
  static List<String> elsewhere(Output output) {
    return output.services().stream()
        .map(Service::name)
        .filter(name -> !isInferenceService(output, name))
        .toList();
  }

  private static boolean isInferenceService(Output output, String name) {
    return output.files().containsKey("inferenceservice-" + name + ".yaml");
  }
}
