package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What KServe's webhook refuses of an InferenceGraph, in its order and its words. It looks neither
 * whether a node is there nor whether nodes go in circles.
 */
public final class GraphAdmission {
  private static final String NAME = "[a-z]([-a-z0-9]*[a-z0-9])?";
  private static final Pattern NAME_PATTERN = Pattern.compile(NAME);
  private static final List<String> TARGETS = List.of("nodeName", "serviceName", "serviceUrl");

  private GraphAdmission() {}

  /** The words of the refusal; empty where the graph is admitted. */
  public static Optional<String> refusal(KubeObject graph) {
    String name = graph.name();
    if (!NAME_PATTERN.matcher(name).matches()) {
      return Optional.of(
          "the InferenceGraph \""
              + name
              + "\" is invalid: a InferenceGraph name must consist of lower case alphanumeric"
              + " characters or '-', and must start with alphabetical character. (e.g."
              + " \"my-name\" or \"abc-123\", regex used for validation is '"
              + NAME
              + "')");
    }
    JsonNode nodes = graph.spec().path("nodes");
    if (!nodes.has("root")) {
      return Optional.of(
          "root node not found, InferenceGraph needs a node with name 'root' as the root node");
    }
    return nodes.properties().stream()
        .flatMap(node -> steps(name, node.getKey(), node.getValue()).stream())
        .findFirst()
        .or(
            () ->
                nodes.properties().stream()
                    .flatMap(node -> weights(name, node.getKey(), node.getValue()).stream())
                    .findFirst());
  }

  private static Optional<String> steps(String graph, String name, JsonNode node) {
    var names = new HashSet<String>();
    JsonNode steps = node.path("steps");
    for (int i = 0; i < steps.size(); i++) {
      JsonNode step = steps.path(i);
      String own = step.path("name").asText();
      if (!own.isEmpty() && !names.add(own)) {
        return Optional.of(
            "Node \""
                + name
                + "\" of InferenceGraph \""
                + graph
                + "\" contains more than one step with name \""
                + own
                + "\"");
      }
      long targets = TARGETS.stream().filter(each -> !step.path(each).asText().isEmpty()).count();
      if (targets != 1) {
        return Optional.of(
            "Step "
                + i
                + " (\""
                + own
                + "\") in node \""
                + name
                + "\" of InferenceGraph \""
                + graph
                + (targets == 0
                    ? "\" does not specify an inference target"
                    : "\" specifies more than one of nodeName, serviceName, serviceUrl"));
      }
    }
    return Optional.empty();
  }

  private static Optional<String> weights(String graph, String name, JsonNode node) {
    if (!node.path("routerType").asText().equals("Splitter")) {
      return Optional.empty();
    }
    long sum = 0;
    for (JsonNode step : node.path("steps")) {
      if (!step.has("weight")) {
        return Optional.of(
            "InferenceGraph["
                + graph
                + "] Node["
                + name
                + "] Route["
                + step.path("serviceName").asText()
                + "] missing the 'Weight'");
      }
      sum += step.path("weight").asLong();
    }
    return sum == 100
        ? Optional.empty()
        : Optional.of(
            "InferenceGraph["
                + graph
                + "] Node["
                + name
                + "] splitter node: the sum of traffic weights for all routing targets should be"
                + " 100");
  }
}
