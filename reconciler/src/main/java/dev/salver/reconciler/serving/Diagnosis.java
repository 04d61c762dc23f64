package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What keeps the newest pod of a workload from serving, in words for its owner. */
record Diagnosis(String reason, String message) {
  private static final List<String> PASSING = List.of("ContainerCreating", "PodInitializing");

  /** {@code pods} are one workload's, newest first; nothing where nothing is wrong. */
  static Optional<Diagnosis> of(List<KubeObject> pods) {
    if (pods.isEmpty()) {
      return Optional.empty();
    }
    KubeObject pod = pods.getFirst();
    JsonNode scheduled = pod.condition("PodScheduled");
    if (scheduled.path("status").asText().equals("False")) {
      return Optional.of(
          new Diagnosis(
              scheduled.path("reason").asText("Unschedulable"),
              "pod " + pod.name() + " has no node: " + scheduled.path("message").asText()));
    }
    return Stream.of("initContainerStatuses", "containerStatuses")
        .flatMap(field -> Trees.items(pod.status().path(field)).stream())
        .flatMap(container -> ofContainer(pod, container).stream())
        .findFirst();
  }

  private static Optional<Diagnosis> ofContainer(KubeObject pod, JsonNode container) {
    JsonNode waiting = container.path("state").path("waiting");
    JsonNode last = container.path("lastState").path("terminated");
    String name = "container " + container.path("name").asText() + " of pod " + pod.name();
    String reason = waiting.path("reason").asText();
    if (!reason.isEmpty() && !PASSING.contains(reason)) {
      String why = waiting.path("message").asText();
      String before = last.isObject() ? "; it ended before: " + ended(last) : "";
      return Optional.of(
          new Diagnosis(
              reason, name + " waits: " + reason + (why.isEmpty() ? "" : ": " + why) + before));
    }
    JsonNode terminated = container.path("state").path("terminated");
    if (terminated.isObject() && terminated.path("exitCode").asInt() != 0) {
      return Optional.of(
          new Diagnosis(
              terminated.path("reason").asText("Error"), name + " ended: " + ended(terminated)));
    }
    return Optional.empty();
  }

  private static String ended(JsonNode terminated) {
    String message = terminated.path("message").asText().strip();
    return String.format(
        Locale.ROOT,
        "%s, exit code %d%s",
        terminated.path("reason").asText("Error"),
        terminated.path("exitCode").asInt(),
        message.isEmpty() ? "" : ": " + message);
  }
}
