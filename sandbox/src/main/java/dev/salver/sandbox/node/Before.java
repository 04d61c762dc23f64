package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** What a container's status says of a run under a node that is no more. */
record Before(int restarts, Optional<ContainerState.Terminated> last) {
  private static final int KILLED = 137;

  static Before of(KubeObject pod, String container, Instant now) {
    for (String field : new String[] {"containerStatuses", "initContainerStatuses"}) {
      for (JsonNode status : pod.status().path(field)) {
        if (status.path("name").asText().equals(container)) {
          return of(status, now);
        }
      }
    }
    return new Before(0, Optional.empty());
  }

  private static Before of(JsonNode status, Instant now) {
    int restarts = status.path("restartCount").asInt();
    JsonNode running = status.path("state").path("running");
    if (running.isMissingNode()) {
      return new Before(restarts, Optional.empty());
    }
    return new Before(
        restarts + 1,
        Optional.of(
            new ContainerState.Terminated(
                KILLED,
                "ContainerStatusUnknown",
                "the node was started anew",
                started(running, now),
                now,
                0)));
  }

  private static Instant started(JsonNode running, Instant now) {
    try {
      return Instant.parse(running.path("startedAt").asText());
    } catch (DateTimeParseException e) {
      return now;
    }
  }
}
