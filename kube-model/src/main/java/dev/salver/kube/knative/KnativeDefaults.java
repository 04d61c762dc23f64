package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;

/** What Knative's webhook and its schemas fill in; works on a tree that the caller owns. */
final class KnativeDefaults {
  private static final int TIMEOUT_SECONDS = 300;
  private static final int RESPONSE_START_SECONDS = 300;

  private KnativeDefaults() {}

  /** {@code spec.traffic}: all to the latest revision where a Service says nothing. */
  static void traffic(ObjectNode spec, boolean ofService) {
    if (ofService && spec.path("traffic").isEmpty()) {
      spec.putArray("traffic").addObject().put("latestRevision", true).put("percent", 100);
    }
    for (JsonNode target : spec.path("traffic")) {
      if (target instanceof ObjectNode object) {
        if (!object.hasNonNull("latestRevision")) {
          object.put("latestRevision", object.path("revisionName").asText("").isEmpty());
        }
        if (!object.hasNonNull("percent")) {
          object.put("percent", 0);
        }
      }
    }
  }

  /** {@code spec.template} of a Service or a Configuration. */
  static void template(ObjectNode spec, boolean create) {
    ObjectNode template = child(spec, "template");
    child(template, "metadata");
    revisionSpec(child(template, "spec"), create);
  }

  /**
   * @param create service links are switched off only when an object is made (Knative keeps them as
   *     they are in older ones)
   */
  static void revisionSpec(ObjectNode spec, boolean create) {
    if (spec.path("timeoutSeconds").asLong() == 0) {
      spec.put("timeoutSeconds", TIMEOUT_SECONDS);
    }
    if (!spec.hasNonNull("responseStartTimeoutSeconds")
        && RESPONSE_START_SECONDS < spec.path("timeoutSeconds").asLong()) {
      spec.put("responseStartTimeoutSeconds", RESPONSE_START_SECONDS);
    }
    if (!spec.hasNonNull("containerConcurrency")) {
      spec.put("containerConcurrency", 0);
    }
    containerNames(spec);
    JsonNode containers = spec.path("containers");
    for (JsonNode node : containers) {
      if (node instanceof ObjectNode container) {
        container(container, spec, containers.size() == 1);
      }
    }
    for (JsonNode node : spec.path("initContainers")) {
      if (node instanceof ObjectNode container) {
        resources(container);
      }
    }
    if (create && !containers.isEmpty() && !spec.hasNonNull("enableServiceLinks")) {
      spec.put("enableServiceLinks", false);
    }
  }

  private static void containerNames(ObjectNode spec) {
    var taken = new HashSet<String>();
    spec.path("containers").forEach(node -> taken.add(node.path("name").asText("")));
    spec.path("initContainers").forEach(node -> taken.add(node.path("name").asText("")));
    names(spec.path("containers"), taken, "user-container");
    names(spec.path("initContainers"), taken, "init-container");
  }

  private static void names(JsonNode containers, Set<String> taken, String base) {
    int next = 0;
    for (JsonNode node : containers) {
      if (!(node instanceof ObjectNode container) || !container.path("name").asText("").isEmpty()) {
        continue;
      }
      String name = base;
      if (containers.size() > 1 || taken.contains(name)) {
        do {
          name = KnativeNames.child(base, "-" + next++);
        } while (taken.contains(name));
      }
      container.put("name", name);
    }
  }

  private static void container(ObjectNode container, ObjectNode spec, boolean only) {
    resources(container);
    for (JsonNode port : container.path("ports")) {
      if (port instanceof ObjectNode object && object.path("protocol").asText("").isEmpty()) {
        object.put("protocol", "TCP");
      }
    }
    if (only || !container.path("ports").isEmpty()) {
      servingProbe(container);
    }
    readinessProbe(container);
    for (String probe : new String[] {"readinessProbe", "livenessProbe", "startupProbe"}) {
      if (container.path(probe).path("grpc") instanceof ObjectNode grpc
          && !grpc.hasNonNull("service")) {
        grpc.put("service", "");
      }
    }
    mounts(container, spec);
  }

  private static void resources(ObjectNode container) {
    ObjectNode resources = child(container, "resources");
    for (String field : new String[] {"limits", "requests"}) {
      if (resources.path(field) instanceof ObjectNode amounts) {
        amounts
            .properties()
            .forEach(
                amount ->
                    amount.setValue(
                        amounts.textNode(Quantities.canonical(amount.getValue().asText()))));
      }
    }
  }

  private static void servingProbe(ObjectNode container) {
    ObjectNode probe = child(container, "readinessProbe");
    for (String handler : new String[] {"tcpSocket", "httpGet", "exec", "grpc"}) {
      if (probe.hasNonNull(handler)) {
        return;
      }
    }
    probe.putObject("tcpSocket").put("port", 0);
  }

  private static void readinessProbe(ObjectNode container) {
    if (!(container.path("readinessProbe") instanceof ObjectNode probe)) {
      return;
    }
    for (String handler : new String[] {"tcpSocket", "httpGet"}) {
      if (probe.path(handler) instanceof ObjectNode object && !object.hasNonNull("port")) {
        object.put("port", 0);
      }
    }
    fill(probe, "successThreshold", 1);
    if (probe.path("periodSeconds").asLong() != 0) {
      fill(probe, "failureThreshold", 3);
      fill(probe, "timeoutSeconds", 1);
    }
  }

  private static void mounts(ObjectNode container, ObjectNode spec) {
    var writable = new HashSet<String>();
    for (JsonNode volume : spec.path("volumes")) {
      if (volume.hasNonNull("emptyDir")
          || volume.hasNonNull("persistentVolumeClaim")
          || volume.hasNonNull("ephemeral")) {
        writable.add(volume.path("name").asText());
      }
    }
    for (JsonNode mount : container.path("volumeMounts")) {
      if (mount instanceof ObjectNode object && !writable.contains(object.path("name").asText())) {
        object.put("readOnly", true);
      }
    }
  }

  private static void fill(ObjectNode object, String field, int value) {
    if (object.path(field).asLong() == 0) {
      object.put(field, value);
    }
  }

  /** The object under a field, made where there is none; a list is left for the rules to refuse. */
  static ObjectNode child(ObjectNode parent, String field) {
    JsonNode node = parent.path(field);
    if (node instanceof ObjectNode object) {
      return object;
    }
    return node instanceof ArrayNode ? parent.objectNode() : parent.putObject(field);
  }
}
