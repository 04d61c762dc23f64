package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.sandbox.controllers.Trees;

/**
 * A revision's containers as they run: the port's name and number, Knative's environment after the
 * user's own, probes on the user's port. No queue-proxy runs beside them, so the readiness probe
 * stays with the container.
 */
final class RevisionContainers {
  private RevisionContainers() {}

  /** The container that takes requests: the only one, or the one with a port. */
  static JsonNode serving(JsonNode revisionSpec) {
    JsonNode containers = revisionSpec.path("containers");
    if (containers.size() == 1) {
      return containers.get(0);
    }
    for (JsonNode container : containers) {
      if (!container.path("ports").isEmpty()) {
        return container;
      }
    }
    return MissingNode.getInstance();
  }

  static int userPort(JsonNode revisionSpec) {
    int port = serving(revisionSpec).path("ports").path(0).path("containerPort").asInt();
    return port == 0 ? KnativeNames.DEFAULT_USER_PORT : port;
  }

  static ArrayNode make(KubeObject revision) {
    JsonNode serving = serving(revision.spec());
    int port = userPort(revision.spec());
    ArrayNode containers = Json.array();
    for (JsonNode node : revision.spec().path("containers")) {
      ObjectNode container = node instanceof ObjectNode object ? object.deepCopy() : Json.object();
      ArrayNode env =
          container.path("env") instanceof ArrayNode given ? given : container.putArray("env");
      if (node.equals(serving)) {
        container
            .putArray("ports")
            .addObject()
            .put("containerPort", port)
            .put("name", "user-port")
            .put("protocol", "TCP");
        env.addObject().put("name", "PORT").put("value", String.valueOf(port));
      }
      env.addObject().put("name", "K_REVISION").put("value", revision.name());
      env.addObject()
          .put("name", "K_CONFIGURATION")
          .put("value", revision.label(KnativeNames.CONFIGURATION).orElse(""));
      env.addObject()
          .put("name", "K_SERVICE")
          .put("value", revision.label(KnativeNames.SERVICE).orElse(""));
      probe(container, "readinessProbe", port, false);
      probe(container, "livenessProbe", port, true);
      probe(container, "startupProbe", port, false);
      defaults(container);
      containers.add(container);
    }
    return containers;
  }

  /**
   * @param always whether every port gives way to the user's port (Knative does so for liveness)
   */
  private static void probe(ObjectNode container, String name, int port, boolean always) {
    if (!(container.path(name) instanceof ObjectNode probe)) {
      return;
    }
    for (String handler : new String[] {"httpGet", "tcpSocket"}) {
      if (probe.path(handler) instanceof ObjectNode target) {
        JsonNode given = target.path("port");
        if (always || given.isTextual() || given.asInt() == 0) {
          target.put("port", port);
        }
        if (handler.equals("httpGet")) {
          text(target, "scheme", "HTTP");
        }
      }
    }
    if (probe.path("grpc") instanceof ObjectNode target && target.path("port").asInt() == 0) {
      target.put("port", port);
    }
    number(probe, "failureThreshold", 3);
    number(probe, "periodSeconds", 10);
    number(probe, "successThreshold", 1);
    number(probe, "timeoutSeconds", 1);
  }

  private static void defaults(ObjectNode container) {
    text(container, "imagePullPolicy", pullPolicy(container.path("image").asText()));
    text(container, "terminationMessagePath", "/dev/termination-log");
    text(container, "terminationMessagePolicy", "FallbackToLogsOnError");
    Trees.child(container, "resources");
  }

  private static String pullPolicy(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    boolean pinned = name.contains("@") || (name.contains(":") && !name.endsWith(":latest"));
    return pinned ? "IfNotPresent" : "Always";
  }

  private static void text(ObjectNode object, String field, String value) {
    if (object.path(field).asText("").isEmpty()) {
      object.put(field, value);
    }
  }

  private static void number(ObjectNode object, String field, int value) {
    if (object.path(field).asInt() == 0) {
      object.put(field, value);
    }
  }
}
