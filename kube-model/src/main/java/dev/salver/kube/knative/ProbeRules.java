package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Set;

/** Probes of the serving container. */
final class ProbeRules {
  private static final Set<String> FIELDS =
      Set.of(
          "initialDelaySeconds",
          "timeoutSeconds",
          "periodSeconds",
          "successThreshold",
          "failureThreshold",
          "terminationGracePeriodSeconds",
          "exec",
          "httpGet",
          "tcpSocket",
          "grpc");

  private ProbeRules() {}

  static FieldErrors probe(JsonNode probe, String portName) {
    if (!probe.isObject()) {
      return FieldErrors.NONE;
    }
    FieldErrors errors = FieldErrors.onlyAllows(probe, FIELDS);
    var handlers = new ArrayList<String>();
    for (String handler : new String[] {"httpGet", "tcpSocket"}) {
      if (probe.hasNonNull(handler)) {
        handlers.add(handler);
        // Knative prefixes what it found so far with each handler that it looks at.
        errors = errors.via(handler).and(port(probe.path(handler).path("port"), portName, handler));
      }
    }
    if (probe.hasNonNull("exec")) {
      handlers.add("exec");
      errors = errors.via("exec");
    }
    if (probe.hasNonNull("grpc")) {
      handlers.add("gRPC");
      errors = errors.via("grpc");
    }
    if (handlers.isEmpty()) {
      return errors.and(
          FieldErrors.of(
              "expected exactly one, got neither", "httpGet", "tcpSocket", "exec", "grpc"));
    }
    return handlers.size() == 1
        ? errors
        : errors.and(
            FieldErrors.of("expected exactly one, got both", handlers.toArray(String[]::new)));
  }

  static FieldErrors readiness(JsonNode probe, String portName) {
    if (!probe.isObject()) {
      return FieldErrors.NONE;
    }
    FieldErrors errors =
        probe(probe, portName)
            .and(atLeast(probe, "periodSeconds", 0))
            .and(atLeast(probe, "initialDelaySeconds", 0))
            .and(atLeast(probe, "successThreshold", 1));
    if (probe.path("periodSeconds").asLong() != 0) {
      return errors
          .and(atLeast(probe, "timeoutSeconds", 1))
          .and(atLeast(probe, "failureThreshold", 1));
    }
    for (String field : new String[] {"failureThreshold", "timeoutSeconds"}) {
      if (probe.path(field).asLong() != 0) {
        errors =
            errors.and(FieldErrors.of(field + " is disallowed when periodSeconds is zero", field));
      }
    }
    return errors;
  }

  private static FieldErrors port(JsonNode port, String portName, String handler) {
    String name = port.isTextual() ? port.textValue() : "";
    return name.isEmpty() || name.equals(portName)
        ? FieldErrors.NONE
        : FieldErrors.detailed(
            "invalid value: " + name, "Probe port must match container port", handler + ".port");
  }

  private static FieldErrors atLeast(JsonNode probe, String field, long least) {
    long value = probe.path(field).asLong();
    return value < least
        ? FieldErrors.outOfBounds(value, least, Integer.MAX_VALUE, field)
        : FieldErrors.NONE;
  }
}
