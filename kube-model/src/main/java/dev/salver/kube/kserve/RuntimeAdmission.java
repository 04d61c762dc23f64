package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.ServingRuntime.Format;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What KServe's webhooks refuse of a ServingRuntime or ClusterServingRuntime, in their words: it
 * must be clear which of two runtimes is taken for a format. Runtimes of several nodes are not
 * looked at.
 */
public final class RuntimeAdmission {
  private RuntimeAdmission() {}

  /**
   * The words of the refusal; empty where the runtime is admitted.
   *
   * @param stored the runtimes of its scope (its namespace, or the cluster), itself among them
   */
  public static Optional<String> refusal(ServingRuntime runtime, List<ServingRuntime> stored) {
    if (runtime.disabled()) {
      return Optional.empty();
    }
    boolean cluster = runtime.clusterScoped();
    for (ServingRuntime other : stored) {
      Optional<String> unequal = differentPriorities(runtime);
      if (unequal.isPresent()) {
        return Optional.of(
            "different priorities assigned for the model format "
                + unequal.get()
                + (cluster ? " under the clusterservingruntime " : " under the servingruntime ")
                + runtime.name());
      }
      Optional<String> shared = samePriority(runtime, other);
      if (shared.isPresent()) {
        return Optional.of(
            "same priority assigned for the model format "
                + shared.get()
                + (cluster ? " in the clusterservingruntimes " : " in the servingruntimes ")
                + other.name()
                + " and "
                + runtime.name()
                + (cluster ? "" : " in namespace " + runtime.object().namespace()));
      }
    }
    return blockedVariable(runtime);
  }

  /** The format that one runtime lists twice with different priorities. */
  private static Optional<String> differentPriorities(ServingRuntime runtime) {
    Map<String, Optional<Long>> first = new HashMap<>();
    for (Format format : runtime.formats()) {
      if (!format.autoSelect()) {
        continue;
      }
      Optional<Long> before = first.putIfAbsent(format.name(), format.priority());
      if (before != null
          && before.isPresent()
          && format.priority().isPresent()
          && !before.equals(format.priority())) {
        return Optional.of(format.name());
      }
    }
    return Optional.empty();
  }

  /** The format for which two runtimes of a protocol have the same priority. */
  private static Optional<String> samePriority(ServingRuntime runtime, ServingRuntime other) {
    boolean comparable =
        runtime.multiModel() == other.multiModel()
            && !other.disabled()
            && !other.name().equals(runtime.name())
            && other.protocols().stream().anyMatch(runtime.protocols()::contains);
    if (!comparable) {
      return Optional.empty();
    }
    for (Format theirs : other.formats()) {
      for (Format ours : runtime.formats()) {
        if (theirs.autoSelect()
            && ours.autoSelect()
            && theirs.name().equalsIgnoreCase(ours.name())
            && theirs.version().equals(ours.version())
            && theirs.priority().isPresent()
            && theirs.priority().equals(ours.priority())) {
          return Optional.of(ours.name());
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> blockedVariable(ServingRuntime runtime) {
    for (JsonNode container : runtime.containers()) {
      for (String name : EnvironmentRules.BLOCKED) {
        if (Trees.named(container.path("env"), name).isPresent()) {
          return Optional.of(
              "the "
                  + runtime.object().kind()
                  + " \""
                  + runtime.name()
                  + "\" is invalid: setting "
                  + name
                  + " in container \""
                  + container.path("name").asText()
                  + "\" is not allowed for security reasons");
        }
      }
    }
    return Optional.empty();
  }
}
