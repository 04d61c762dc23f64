package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the parts of a service or runtime that the rules walk are objects and lists where they
 * should be. An API server with the CustomResourceDefinition has checked that; a file has not been.
 */
public final class Shapes {
  private static final Set<String> LISTS_OF_OBJECTS =
      Set.of(
          "containers",
          "initContainers",
          "volumes",
          "env",
          "ports",
          "volumeMounts",
          "storageUris",
          "supportedModelFormats",
          "imagePullSecrets",
          "canary",
          "metrics");

  private static final Set<String> LISTS = Set.of("args", "command", "protocolVersions");

  private static final Set<String> OBJECTS =
      Set.of(
          "predictor",
          "transformer",
          "explainer",
          "model",
          "modelFormat",
          "resources",
          "limits",
          "requests",
          "securityContext",
          "nodeSelector",
          "storage",
          "logger",
          "batcher",
          "autoScaling",
          "labels",
          "annotations",
          "workerSpec",
          "deploymentStrategy");

  /** Objects whose fields are anyone's names. */
  private static final Set<String> MAPS =
      Set.of(
          "labels",
          "annotations",
          "nodeSelector",
          "limits",
          "requests",
          "config",
          "parameters",
          "matchLabels");

  private Shapes() {}

  /** The first field that is of the wrong form, and what is wanted there. */
  public static Optional<String> problem(JsonNode spec) {
    return spec.isObject() ? walk("spec", spec) : Optional.of("spec is not an object");
  }

  private static Optional<String> walk(String path, JsonNode node) {
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String name = entry.getKey();
      JsonNode value = entry.getValue();
      String at = path + "." + name;
      Optional<String> problem = value.isNull() ? Optional.empty() : field(at, name, value);
      if (problem.isPresent()) {
        return problem;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> field(String at, String name, JsonNode value) {
    boolean list = LISTS_OF_OBJECTS.contains(name);
    if ((list || LISTS.contains(name)) && !value.isArray()) {
      return Optional.of(at + " is not a list");
    }
    if (OBJECTS.contains(name) && !value.isObject()) {
      return Optional.of(at + " is not an object");
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        if (list && !value.get(i).isObject()) {
          return Optional.of(at + "[" + i + "] is not an object");
        }
        Optional<String> problem = walk(at + "[" + i + "]", value.get(i));
        if (problem.isPresent()) {
          return problem;
        }
      }
      return Optional.empty();
    }
    return MAPS.contains(name) ? Optional.empty() : walk(at, value);
  }
}
