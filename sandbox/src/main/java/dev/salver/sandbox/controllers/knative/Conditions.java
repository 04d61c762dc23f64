package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.salver.kube.Json;
import dev.salver.sandbox.controllers.Trees;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Knative's living condition set: {@code Ready} follows from the dependent conditions, a False one
 * before an Unknown one, the latest first; conditions outside the set are informational.
 */
final class Conditions {
  static final String READY = "Ready";
  private static final String TRUE = "True";
  private static final String FALSE = "False";
  private static final String UNKNOWN = "Unknown";

  private final List<String> dependents;
  private final Map<String, Condition> original = new HashMap<>();
  private final Map<String, Condition> current = new TreeMap<>();
  private long marks;

  /**
   * One condition.
   *
   * @param since when it became so, as stored; empty until it is
   * @param mark how late in this pass it was set, 0 where it was not
   */
  record Condition(
      String type, String status, String reason, String message, String since, long mark) {
    boolean isTrue() {
      return status.equals(TRUE);
    }

    boolean isFalse() {
      return status.equals(FALSE);
    }

    boolean isUnknown() {
      return status.equals(UNKNOWN);
    }

    private boolean says(Condition other) {
      return status.equals(other.status)
          && reason.equals(other.reason)
          && message.equals(other.message);
    }
  }

  /** Takes over what a status says and sets what is missing to Unknown. */
  Conditions(JsonNode status, String... dependents) {
    this.dependents = List.of(dependents);
    for (JsonNode node : status.path("conditions")) {
      String type = node.path("type").asText();
      original.put(
          type,
          new Condition(
              type,
              node.path("status").asText(),
              node.path("reason").asText(""),
              node.path("message").asText(""),
              node.path("lastTransitionTime").asText(""),
              0));
    }
    current.putAll(original);
    if (!current.containsKey(READY)) {
      put(READY, UNKNOWN, "", "");
    }
    String rest = isTrue(READY) ? TRUE : UNKNOWN;
    for (String dependent : dependents) {
      if (!current.containsKey(dependent)) {
        put(dependent, rest, "", "");
      }
    }
  }

  Optional<Condition> get(String type) {
    return Optional.ofNullable(current.get(type));
  }

  boolean isTrue(String type) {
    return get(type).map(Condition::isTrue).orElse(false);
  }

  boolean isFalse(String type) {
    return get(type).map(Condition::isFalse).orElse(false);
  }

  boolean isUnknown(String type) {
    return get(type).map(Condition::isUnknown).orElse(false);
  }

  void markTrue(String type) {
    markTrue(type, "", "");
  }

  void markTrue(String type, String reason, String message) {
    put(type, TRUE, reason, message);
    unhappy()
        .ifPresentOrElse(
            condition -> put(READY, condition.status, condition.reason, condition.message),
            () -> {
              if (!type.equals(READY)) {
                put(READY, TRUE, "", "");
              }
            });
  }

  void markFalse(String type, String reason, String message) {
    put(type, FALSE, reason, message);
    if (dependents.contains(type)) {
      put(READY, FALSE, reason, message);
    }
  }

  void markUnknown(String type, String reason, String message) {
    put(type, UNKNOWN, reason, message);
    if (dependents.stream().anyMatch(this::isFalse)) {
      if (!isFalse(READY)) {
        put(READY, FALSE, reason, message);
      }
      return;
    }
    if (dependents.contains(type)) {
      put(READY, UNKNOWN, reason, message);
    }
  }

  /** Takes another object's condition over as this one. */
  void mirror(Condition source, String type) {
    switch (source.status) {
      case TRUE -> markTrue(type);
      case FALSE -> markFalse(type, source.reason, source.message);
      default -> markUnknown(type, source.reason, source.message);
    }
  }

  private Optional<Condition> unhappy() {
    var latestFirst =
        dependents.stream()
            .flatMap(type -> get(type).stream())
            .sorted(
                Comparator.comparingLong(Condition::mark)
                    .reversed()
                    .thenComparing(Condition::since, Comparator.reverseOrder())
                    .thenComparing(Condition::type))
            .toList();
    return latestFirst.stream()
        .filter(Condition::isFalse)
        .findFirst()
        .or(() -> latestFirst.stream().filter(Condition::isUnknown).findFirst());
  }

  private void put(String type, String status, String reason, String message) {
    var next = new Condition(type, status, reason, message, "", ++marks);
    Condition before = current.get(type);
    if (before == null || !before.says(next)) {
      current.put(type, next);
    }
  }

  /** As a status holds them: sorted, and the times of what did not change are kept. */
  ArrayNode toTree(Instant now) {
    ArrayNode list = Json.array();
    for (Condition condition : current.values()) {
      Condition before = original.get(condition.type);
      String since =
          before != null && before.says(condition) && !before.since.isEmpty()
              ? before.since
              : now.truncatedTo(ChronoUnit.SECONDS).toString();
      var node = list.addObject().put("lastTransitionTime", since);
      Trees.putText(node, "message", condition.message);
      Trees.putText(node, "reason", condition.reason);
      if (!condition.type.equals(READY) && !dependents.contains(condition.type)) {
        node.put("severity", "Info");
      }
      node.put("status", condition.status).put("type", condition.type);
    }
    return list;
  }
}
