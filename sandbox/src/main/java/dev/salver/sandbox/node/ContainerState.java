package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Where a container stands, as its status shows it. */
sealed interface ContainerState {
  /** The tree under {@code state} or {@code lastState}. */
  ObjectNode tree();

  record Waiting(String reason, String message) implements ContainerState {
    @Override
    public ObjectNode tree() {
      ObjectNode tree = Json.object();
      ObjectNode waiting = tree.putObject("waiting").put("reason", reason);
      if (!message.isEmpty()) {
        waiting.put("message", message);
      }
      return tree;
    }
  }

  record Running(Instant since, long pid) implements ContainerState {
    @Override
    public ObjectNode tree() {
      ObjectNode tree = Json.object();
      tree.putObject("running").put("startedAt", time(since));
      return tree;
    }
  }

  record Terminated(
      int exitCode, String reason, String message, Instant startedAt, Instant finishedAt, long pid)
      implements ContainerState {
    @Override
    public ObjectNode tree() {
      ObjectNode tree = Json.object();
      ObjectNode terminated = tree.putObject("terminated").put("exitCode", exitCode);
      terminated.put("reason", reason);
      if (!message.isEmpty()) {
        terminated.put("message", message);
      }
      terminated.put("startedAt", time(startedAt)).put("finishedAt", time(finishedAt));
      terminated.put("containerID", "process://" + pid);
      return tree;
    }
  }

  /** As Kubernetes writes times: whole seconds. */
  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
