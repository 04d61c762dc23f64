package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The conditions of one InferenceService as they are being found. {@code Ready} follows from {@code
 * PredictorReady} and {@code IngressReady} alone, as KServe has it.
 */
public final class Conditions {
  /** {@code True}, {@code False}, {@code Unknown}; empty texts are left out when written. */
  record Condition(String status, String reason, String message) {
    static final Condition TRUE = new Condition("True", "", "");

    static Condition no(String reason, String message) {
      return new Condition("False", reason, message);
    }

    static Condition unknown(String reason, String message) {
      return new Condition("Unknown", reason, message);
    }

    /** A condition of another object; absent where it is. */
    static Optional<Condition> of(JsonNode condition) {
      return condition.isObject()
          ? Optional.of(
              new Condition(
                  condition.path("status").asText("Unknown"),
                  condition.path("reason").asText(),
                  condition.path("message").asText()))
          : Optional.empty();
    }

    boolean isTrue() {
      return status.equals("True");
    }
  }

  private static final List<String> LIVING = List.of("PredictorReady", "IngressReady");

  private final Map<String, Condition> found = new LinkedHashMap<>();

  Conditions() {
    LIVING.forEach(type -> found.put(type, Condition.unknown("", "")));
  }

  void set(String type, Condition condition) {
    found.put(type, condition);
  }

  void drop(String type) {
    found.remove(type);
  }

  Optional<Condition> get(String type) {
    return Optional.ofNullable(found.get(type));
  }

  boolean isTrue(String type) {
    return get(type).map(Condition::isTrue).orElse(false);
  }

  Condition ready() {
    Condition predictor = found.getOrDefault("PredictorReady", Condition.unknown("", ""));
    Condition ingress = found.getOrDefault("IngressReady", Condition.unknown("", ""));
    for (String status : List.of("False", "Unknown")) {
      boolean byPredictor = predictor.status().equals(status);
      if (ingress.status().equals(status)) {
        String message =
            byPredictor && ingress.message().isEmpty() ? predictor.message() : ingress.message();
        String reason =
            byPredictor && ingress.reason().isEmpty() ? predictor.reason() : ingress.reason();
        return new Condition(status, reason, message);
      }
      if (byPredictor) {
        return predictor;
      }
    }
    return Condition.TRUE;
  }

  /** Sorted by type; what did not change since {@code before} keeps its time. */
  ArrayNode write(JsonNode before) {
    var all = new TreeMap<>(found);
    all.put("Ready", ready());
    ArrayNode result = Json.array();
    all.forEach(
        (type, condition) -> {
          ObjectNode node = result.addObject();
          node.put("type", type).put("status", condition.status());
          if (!LIVING.contains(type) && !type.equals("Ready")) {
            node.put("severity", "Info");
          }
          if (!condition.reason().isEmpty()) {
            node.put("reason", condition.reason());
          }
          if (!condition.message().isEmpty()) {
            node.put("message", condition.message());
          }
          for (JsonNode old : before) {
            if (old.path("type").asText().equals(type)
                && old.path("status").asText().equals(condition.status())
                && old.has("lastTransitionTime")) {
              node.set("lastTransitionTime", old.path("lastTransitionTime"));
            }
          }
        });
    return result;
  }

  /** A copy of a status in which every condition without a time has {@code now}. */
  public static ObjectNode stamp(ObjectNode status, Instant now) {
    ObjectNode copy = status.deepCopy();
    for (JsonNode condition : copy.path("conditions")) {
      if (!condition.has("lastTransitionTime")) {
        ((ObjectNode) condition)
            .put("lastTransitionTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
      }
    }
    return copy;
  }
}
