package dev.salver.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Where this Knative differs from the recorded one on purpose; docs/sandbox.md gives reasons. */
final class KnativeDifferences {
  private KnativeDifferences() {}

  /**
   * One difference.
   *
   * @param title as docs/sandbox.md names it
   * @param kind the kind it concerns; empty for a kind that is not made at all
   */
  record Difference(String title, String kind, Leveller leveller) {}

  /** Takes the difference out of both sides. */
  @FunctionalInterface
  interface Leveller {
    void level(ObjectNode recorded, ObjectNode made);
  }

  static final List<String> NOT_MADE = List.of("ServerlessService", "Ingress");

  static final List<Difference> ALL =
      List.of(
          new Difference("No ServerlessService, no internal Ingress", "", (r, m) -> {}),
          new Difference(
              "No queue-proxy", "Deployment", (recorded, made) -> withoutQueueProxy(recorded)),
          new Difference(
              "The readiness probe stays with the container",
              "Deployment",
              (recorded, made) -> {
                withoutReadinessProbe(recorded);
                withoutReadinessProbe(made);
              }),
          new Difference(
              "A revision's Services lead to the container's port",
              "ClusterService",
              (recorded, made) -> {
                withoutPortsOfTheSidecar(recorded);
                withoutPortsOfTheSidecar(made);
              }),
          new Difference(
              "A PodAutoscaler's generation",
              "PodAutoscaler",
              (recorded, made) -> {
                withoutGeneration(recorded);
                withoutGeneration(made);
              }),
          new Difference(
              "A new revision's ContainerHealthy says Deploying",
              "Revision",
              (recorded, made) -> {
                withoutDeploying(recorded);
                withoutDeploying(made);
              }));

  static void level(String key, ObjectNode recorded, ObjectNode made) {
    ALL.stream()
        .filter(difference -> key.startsWith(difference.kind() + " "))
        .forEach(difference -> difference.leveller().level(recorded, made));
  }

  static boolean isMade(String key) {
    return NOT_MADE.stream().noneMatch(kind -> key.startsWith(kind + " "));
  }

  private static JsonNode containers(ObjectNode deployment) {
    return deployment.path("spec").path("template").path("spec").path("containers");
  }

  private static void withoutQueueProxy(ObjectNode deployment) {
    if (containers(deployment) instanceof ArrayNode containers) {
      for (int i = containers.size() - 1; i >= 0; i--) {
        if (containers.get(i).path("name").asText().equals("queue-proxy")) {
          containers.remove(i);
        } else {
          // It asks the queue-proxy whether requests are still under way.
          ((ObjectNode) containers.get(i)).remove("lifecycle");
        }
      }
    }
  }

  private static void withoutReadinessProbe(ObjectNode deployment) {
    containers(deployment).forEach(container -> ((ObjectNode) container).remove("readinessProbe"));
  }

  private static void withoutPortsOfTheSidecar(ObjectNode service) {
    String owner = service.path("metadata").path("owner").asText();
    if (owner.startsWith("ServerlessService ") || owner.startsWith("PodAutoscaler ")) {
      ((ObjectNode) service.path("metadata")).put("owner", "revision's");
      ((ObjectNode) service.path("spec"))
          .remove(List.of("ports", "internalTrafficPolicy", "ipFamilies", "ipFamilyPolicy"));
    }
  }

  private static void withoutGeneration(ObjectNode object) {
    ((ObjectNode) object.path("metadata")).remove("generation");
    if (object.path("status") instanceof ObjectNode status) {
      status.remove("observedGeneration");
    }
  }

  private static void withoutDeploying(ObjectNode revision) {
    if (revision.path("status").path("conditions").path("ContainerHealthy")
            instanceof ObjectNode healthy
        && healthy.path("why").asText().equals("Deploying")) {
      healthy.remove("why");
    }
  }
}
