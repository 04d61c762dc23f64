package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** A Revision's status as its Deployment, one of its pods and its PodAutoscaler make it. */
final class RevisionStatus {
  static final String RESOURCES_AVAILABLE = "ResourcesAvailable";
  static final String CONTAINER_HEALTHY = "ContainerHealthy";
  static final String ACTIVE = "Active";
  private static final String DEPLOYING = "Deploying";

  /** Why a container waits for an image that will not come. */
  private static final Set<String> NO_IMAGE =
      Set.of(
          "ImageNotRunnable",
          "ErrImagePull",
          "ImagePullBackOff",
          "InvalidImageName",
          "ErrImageNeverPull");

  private final Status status;
  private final Conditions conditions;

  RevisionStatus(KubeObject revision) {
    this.status = Status.of(revision, RESOURCES_AVAILABLE, CONTAINER_HEALTHY);
    this.conditions = status.conditions();
    containerStatuses("containers", "containerStatuses");
    containerStatuses("initContainers", "initContainerStatuses");
  }

  private void containerStatuses(String from, String to) {
    JsonNode containers = status.object().spec().path(from);
    if (!containers.isEmpty()) {
      var list = status.tree().putArray(to);
      containers.forEach(
          container -> list.addObject().put("name", container.path("name").asText()));
    }
  }

  Conditions conditions() {
    return conditions;
  }

  ObjectNode finish(Instant now) {
    return status.finish(now);
  }

  void deploymentCreated() {
    conditions.markUnknown(RESOURCES_AVAILABLE, DEPLOYING, "");
    conditions.markUnknown(CONTAINER_HEALTHY, DEPLOYING, "");
  }

  void notOwned(String kind, String name) {
    conditions.markFalse(
        RESOURCES_AVAILABLE,
        "NotOwned",
        "There is an existing " + kind + " \"" + name + "\" that we do not own.");
  }

  /**
   * @param pods the Deployment's, first of which speaks for all where none is available
   */
  void deployment(KubeObject deployment, List<KubeObject> pods) {
    progress(deployment);
    int replicas = deployment.spec().path("replicas").asInt(1);
    if (replicas > 0
        && deployment.status().path("availableReplicas").asInt() == 0
        && !pods.isEmpty()) {
      failing(pods.getFirst(), timedOut(deployment));
    }
    if (deployment.status().path("readyReplicas").asInt() > 0) {
      conditions.markTrue(CONTAINER_HEALTHY);
    }
  }

  private void progress(KubeObject deployment) {
    JsonNode progressing = deployment.condition("Progressing");
    JsonNode failure = deployment.condition("ReplicaFailure");
    if (failure.path("status").asText().equals("True")) {
      conditions.markFalse(RESOURCES_AVAILABLE, text(failure, "reason"), text(failure, "message"));
      return;
    }
    switch (progressing.path("status").asText("")) {
      case "True" -> conditions.markTrue(RESOURCES_AVAILABLE);
      case "False" ->
          conditions.markFalse(
              RESOURCES_AVAILABLE, text(progressing, "reason"), text(progressing, "message"));
      case "Unknown" ->
          conditions.markUnknown(
              RESOURCES_AVAILABLE, text(progressing, "reason"), text(progressing, "message"));
      default -> conditions.markUnknown(RESOURCES_AVAILABLE, DEPLOYING, "");
    }
  }

  private static boolean timedOut(KubeObject deployment) {
    JsonNode progressing = deployment.condition("Progressing");
    return progressing.path("status").asText().equals("False")
        && progressing.path("reason").asText().equals("ProgressDeadlineExceeded");
  }

  private void failing(KubeObject pod, boolean timedOut) {
    JsonNode scheduled = pod.condition("PodScheduled");
    if (scheduled.path("status").asText().equals("False")) {
      conditions.markFalse(
          RESOURCES_AVAILABLE, text(scheduled, "reason"), text(scheduled, "message"));
    }
    for (JsonNode container : pod.status().path("containerStatuses")) {
      JsonNode ended = container.path("lastState").path("terminated");
      JsonNode waiting = container.path("state").path("waiting");
      if (ended.isObject()) {
        int code = ended.path("exitCode").asInt();
        String message = text(ended, "message");
        conditions.markFalse(
            CONTAINER_HEALTHY,
            "ExitCode" + code,
            "Container failed with: "
                + (code == 0 && message.isEmpty() ? "container exited with no error" : message));
        return;
      }
      if (NO_IMAGE.contains(text(waiting, "reason"))) {
        conditions.markFalse(
            CONTAINER_HEALTHY,
            "ContainerMissing",
            "Unable to fetch image \""
                + container.path("image").asText()
                + "\": "
                + text(waiting, "message"));
        return;
      }
      if (waiting.isObject() && timedOut) {
        conditions.markFalse(
            RESOURCES_AVAILABLE, text(waiting, "reason"), text(waiting, "message"));
        return;
      }
    }
  }

  /** Takes over what the PodAutoscaler says; call it after {@link #deployment}. */
  void autoscaler(KubeObject autoscaler) {
    boolean broken =
        conditions.isFalse(RESOURCES_AVAILABLE) || conditions.isFalse(CONTAINER_HEALTHY);
    JsonNode from = autoscaler.status();
    replicas("actualReplicas", from.path("actualScale").asInt(-1));
    replicas("desiredReplicas", from.path("desiredScale").asInt(-1));
    var ready = Status.condition(autoscaler, Conditions.READY).orElse(null);
    if (ready == null) {
      conditions.markUnknown(ACTIVE, DEPLOYING, "");
      if (!broken) {
        conditions.markUnknown(RESOURCES_AVAILABLE, DEPLOYING, "");
      }
      return;
    }
    boolean initialized = autoscaler.is(AutoscalerStatus.SCALE_TARGET_INITIALIZED);
    boolean named = !from.path("serviceName").asText("").isEmpty();
    if (initialized && !broken) {
      conditions.markTrue(RESOURCES_AVAILABLE);
      conditions.markTrue(CONTAINER_HEALTHY);
    }
    if (conditions.isTrue(RESOURCES_AVAILABLE) && (!named || !initialized)) {
      conditions.markUnknown(RESOURCES_AVAILABLE, DEPLOYING, "");
    }
    if (ready.isFalse() && !initialized && !broken && named) {
      conditions.markFalse(
          RESOURCES_AVAILABLE, "ProgressDeadlineExceeded", "Initial scale was never achieved");
    }
    conditions.mirror(ready, ACTIVE);
  }

  private void replicas(String field, int number) {
    if (number >= 0) {
      status.tree().put(field, number);
    } else {
      status.tree().remove(field);
    }
  }

  private static String text(JsonNode node, String field) {
    return node.path(field).asText("");
  }
}
