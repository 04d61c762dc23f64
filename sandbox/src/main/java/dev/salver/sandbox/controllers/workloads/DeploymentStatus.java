package dev.salver.sandbox.controllers.workloads;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A Deployment's counts and conditions, Kubernetes' reasons and words; pure.
 *
 * @param lookAgain when the progress deadline would pass
 */
record DeploymentStatus(ObjectNode tree, Optional<Duration> lookAgain) {
  private static final String PROGRESSING = "Progressing";
  private static final String AVAILABLE = "Available";

  /**
   * @param current the ReplicaSet of the present template
   * @param made whether this pass made it
   * @param old the other ReplicaSets
   */
  static DeploymentStatus of(
      KubeObject deployment, KubeObject current, boolean made, List<KubeObject> old, Instant now) {
    int wanted = deployment.spec().path("replicas").asInt(1);
    int replicas = statusSum(current, old, "replicas");
    int ready = statusSum(current, old, "readyReplicas");
    int available = statusSum(current, old, "availableReplicas");
    int updated = current.status().path("replicas").asInt();
    int updatedAvailable = current.status().path("availableReplicas").asInt();
    ObjectNode tree = Json.object();
    ReplicaSetController.count(tree, "replicas", replicas);
    ReplicaSetController.count(tree, "updatedReplicas", updated);
    ReplicaSetController.count(tree, "readyReplicas", ready);
    ReplicaSetController.count(tree, "availableReplicas", available);
    ReplicaSetController.count(
        tree, "unavailableReplicas", Math.max(0, allPods(current, old) - available));
    tree.put("observedGeneration", deployment.generation());

    var limits = RollingUpdate.Limits.of(deployment);
    boolean enough = available >= wanted - limits.unavailable();
    ObjectNode availability =
        condition(
            deployment,
            AVAILABLE,
            enough ? "True" : "False",
            enough ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
            enough
                ? "Deployment has minimum availability."
                : "Deployment does not have minimum availability.",
            false,
            now);
    boolean complete = updated == wanted && replicas == wanted && updatedAvailable == wanted;
    boolean moved =
        updated > before(deployment, "updatedReplicas")
            || replicas - updated
                < before(deployment, "replicas") - before(deployment, "updatedReplicas")
            || ready > before(deployment, "readyReplicas")
            || available > before(deployment, "availableReplicas");
    ObjectNode progress = progress(deployment, current, made, complete, moved, now);
    ArrayNode conditions = tree.putArray("conditions");
    conditions.add(availability).add(progress);
    return new DeploymentStatus(tree, deadline(deployment, progress, now));
  }

  private static int allPods(KubeObject current, List<KubeObject> old) {
    return RollingUpdate.size(current) + old.stream().mapToInt(RollingUpdate::size).sum();
  }

  private static ObjectNode progress(
      KubeObject deployment,
      KubeObject current,
      boolean made,
      boolean complete,
      boolean moved,
      Instant now) {
    String set = "ReplicaSet \"" + current.name() + "\"";
    JsonNode before = deployment.condition(PROGRESSING);
    boolean wasComplete = before.path("reason").asText().equals("NewReplicaSetAvailable");
    if (complete) {
      return condition(
          deployment,
          PROGRESSING,
          "True",
          "NewReplicaSetAvailable",
          set + " has successfully progressed.",
          false,
          now);
    }
    if (made) {
      return condition(
          deployment,
          PROGRESSING,
          "True",
          "NewReplicaSetCreated",
          "Created new replica set \"" + current.name() + "\"",
          true,
          now);
    }
    if (before.isMissingNode()) {
      return condition(
          deployment,
          PROGRESSING,
          "True",
          "FoundNewReplicaSet",
          "Found new replica set \"" + current.name() + "\"",
          true,
          now);
    }
    if (wasComplete && !moved) {
      // A finished rollout whose pods come and go is still finished.
      return copy(before);
    }
    if (moved) {
      return condition(
          deployment,
          PROGRESSING,
          "True",
          "ReplicaSetUpdated",
          set + " is progressing.",
          true,
          now);
    }
    Instant since = Pods.time(before.path("lastUpdateTime").asText(""), now);
    if (Duration.between(since, now).compareTo(deadline(deployment)) >= 0) {
      return condition(
          deployment,
          PROGRESSING,
          "False",
          "ProgressDeadlineExceeded",
          set + " has timed out progressing.",
          false,
          now);
    }
    return copy(before);
  }

  private static Duration deadline(KubeObject deployment) {
    return Duration.ofSeconds(deployment.spec().path("progressDeadlineSeconds").asLong(600));
  }

  private static Optional<Duration> deadline(
      KubeObject deployment, ObjectNode progress, Instant now) {
    if (!progress.path("status").asText().equals("True")
        || progress.path("reason").asText().equals("NewReplicaSetAvailable")) {
      return Optional.empty();
    }
    Instant since = Pods.time(progress.path("lastUpdateTime").asText(""), now);
    Duration left = Duration.between(now, since.plus(deadline(deployment)));
    return Optional.of(left.isNegative() ? Duration.ofSeconds(1) : left.plusSeconds(1));
  }

  private static ObjectNode copy(JsonNode condition) {
    return condition instanceof ObjectNode object ? object.deepCopy() : Json.object();
  }

  /**
   * @param touch whether the update time moves although the condition says what it said
   */
  private static ObjectNode condition(
      KubeObject deployment,
      String type,
      String status,
      String reason,
      String message,
      boolean touch,
      Instant now) {
    JsonNode before = deployment.condition(type);
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    boolean sameStatus = before.path("status").asText().equals(status);
    boolean same =
        sameStatus
            && before.path("reason").asText().equals(reason)
            && before.path("message").asText().equals(message);
    return Json.object()
        .put("type", type)
        .put("status", status)
        .put("reason", reason)
        .put("message", message)
        .put("lastUpdateTime", same && !touch ? before.path("lastUpdateTime").asText(time) : time)
        .put(
            "lastTransitionTime",
            sameStatus ? before.path("lastTransitionTime").asText(time) : time);
  }

  private static int before(KubeObject deployment, String field) {
    return deployment.status().path(field).asInt();
  }

  private static int statusSum(KubeObject current, List<KubeObject> old, String field) {
    return current.status().path(field).asInt()
        + old.stream().mapToInt(set -> set.status().path(field).asInt()).sum();
  }
}
