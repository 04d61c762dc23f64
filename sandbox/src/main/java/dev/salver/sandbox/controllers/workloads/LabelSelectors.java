package dev.salver.sandbox.controllers.workloads;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** {@code spec.selector} of a workload against labels. */
final class LabelSelectors {
  private LabelSelectors() {}

  /** An empty selector takes nothing: a workload without one must not adopt the namespace. */
  static boolean matches(JsonNode selector, Map<String, String> labels) {
    if (selector.path("matchLabels").isEmpty() && selector.path("matchExpressions").isEmpty()) {
      return false;
    }
    for (var wanted : selector.path("matchLabels").properties()) {
      if (!wanted.getValue().asText().equals(labels.get(wanted.getKey()))) {
        return false;
      }
    }
    for (JsonNode expression : selector.path("matchExpressions")) {
      if (!holds(expression, labels)) {
        return false;
      }
    }
    return true;
  }

  private static boolean holds(JsonNode expression, Map<String, String> labels) {
    String key = expression.path("key").asText();
    boolean has = labels.containsKey(key);
    boolean listed = false;
    for (JsonNode value : expression.path("values")) {
      listed |= has && value.asText().equals(labels.get(key));
    }
    return switch (expression.path("operator").asText()) {
      case "In" -> listed;
      case "NotIn" -> !listed;
      case "Exists" -> has;
      case "DoesNotExist" -> !has;
      default -> false;
    };
  }
}
