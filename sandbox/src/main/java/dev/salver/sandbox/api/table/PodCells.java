package dev.salver.sandbox.api.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;

/** What kubectl says of a pod. */
final class PodCells {
  private PodCells() {}

  static String ready(KubeObject pod) {
    int ready = 0;
    for (JsonNode container : pod.status().path("containerStatuses")) {
      ready += container.path("ready").asBoolean() ? 1 : 0;
    }
    return ready + "/" + pod.spec().path("containers").size();
  }

  static int restarts(KubeObject pod) {
    int restarts = 0;
    for (JsonNode container : pod.status().path("containerStatuses")) {
      restarts += container.path("restartCount").asInt();
    }
    return restarts;
  }

  /** The most telling of: deletion, what a container waits for or ended with, the phase. */
  static String status(KubeObject pod) {
    if (pod.isBeingDeleted()) {
      return "Terminating";
    }
    for (JsonNode container : pod.status().path("initContainerStatuses")) {
      String reason = reason(container);
      if (!reason.isEmpty() && !reason.equals("Completed") && !reason.equals("PodInitializing")) {
        return "Init:" + reason;
      }
    }
    for (JsonNode container : pod.status().path("containerStatuses")) {
      String reason = reason(container);
      if (!reason.isEmpty()) {
        return reason;
      }
    }
    String reason = pod.status().path("reason").asText();
    return reason.isEmpty() ? pod.status().path("phase").asText("Pending") : reason;
  }

  private static String reason(JsonNode container) {
    String waiting = container.path("state").path("waiting").path("reason").asText();
    return waiting.isEmpty()
        ? container.path("state").path("terminated").path("reason").asText()
        : waiting;
  }
}
