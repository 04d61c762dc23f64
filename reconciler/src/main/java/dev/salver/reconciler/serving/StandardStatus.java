package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.reconciler.serving.Conditions.Condition;

/** Whether a Deployment serves what was rendered. */
final class StandardStatus {
  private StandardStatus() {}

  /**
   * KServe's reading of a Deployment's conditions, but never Ready for an older generation or in
   * the middle of a rollout.
   */
  static Condition of(KubeObject deployment, KubeObject rendered) {
    if (!deployment.status().has("conditions")) {
      return Condition.no("", "");
    }
    if (!Children.current(deployment, rendered)) {
      return Condition.unknown(
          "NewGeneration",
          "Deployment " + deployment.name() + " does not run the newest specification yet");
    }
    JsonNode failure = deployment.condition("ReplicaFailure");
    JsonNode available = deployment.condition("Available");
    JsonNode progressing = deployment.condition("Progressing");
    if (is(failure, "True")) {
      return said("False", failure);
    }
    if (is(available, "False")) {
      return said("False", available);
    }
    if (is(progressing, "False") && !progressing.path("message").asText().isEmpty()) {
      return said("False", progressing);
    }
    if (is(progressing, "True")
        && progressing.path("reason").asText().equals("NewReplicaSetAvailable")) {
      return said("True", progressing);
    }
    if (is(available, "True")) {
      return rolledOut(deployment)
          ? said("True", available)
          : Condition.unknown("RollingOut", progress(deployment));
    }
    return is(progressing, "True") ? said("Unknown", progressing) : Condition.no("", "");
  }

  private static boolean rolledOut(KubeObject deployment) {
    long wanted = deployment.spec().path("replicas").asLong(1);
    return deployment.status().path("updatedReplicas").asLong() >= wanted
        && deployment.status().path("unavailableReplicas").asLong() == 0;
  }

  private static String progress(KubeObject deployment) {
    return deployment.status().path("updatedReplicas").asLong()
        + " of "
        + deployment.spec().path("replicas").asLong(1)
        + " replicas of Deployment "
        + deployment.name()
        + " are updated";
  }

  private static boolean is(JsonNode condition, String status) {
    return condition.path("status").asText().equals(status);
  }

  private static Condition said(String status, JsonNode condition) {
    return new Condition(
        status, condition.path("reason").asText(), condition.path("message").asText());
  }
}
