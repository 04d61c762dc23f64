package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A Pod's status from what its containers do; pure. */
final class PodStatus {
  private PodStatus() {}

  /**
   * What is known of a pod.
   *
   * @param initialized whether the init containers are through
   * @param failed why the pod is given up; empty while it is not
   */
  record Facts(
      Instant startedAt,
      boolean initialized,
      Optional<String> failed,
      List<ContainerRunner.View> init,
      List<ContainerRunner.View> main) {}

  /** The whole {@code status} tree; condition times are kept where nothing changed. */
  static ObjectNode of(KubeObject pod, Facts facts, Instant now) {
    ObjectNode status = Json.object();
    status.put("phase", phase(pod, facts));
    facts.failed().ifPresent(why -> status.put("reason", "Failed").put("message", why));
    ArrayNode conditions = status.putArray("conditions");
    boolean ready =
        facts.initialized() && facts.main().stream().allMatch(ContainerRunner.View::ready);
    String waiting = unready(facts.main());
    boolean done = phase(pod, facts).equals("Succeeded");
    conditions.add(condition(pod, "PodScheduled", true, "", "", now));
    conditions.add(
        condition(
            pod,
            "Initialized",
            facts.initialized(),
            "ContainersNotInitialized",
            "containers with incomplete status: " + names(facts.init()),
            now));
    String reason = done ? "PodCompleted" : "ContainersNotReady";
    conditions.add(condition(pod, "ContainersReady", ready, reason, waiting, now));
    conditions.add(condition(pod, "Ready", ready && !pod.isBeingDeleted(), reason, waiting, now));
    status.put("hostIP", Node.ADDRESS).put("podIP", Node.ADDRESS);
    status.putArray("podIPs").addObject().put("ip", Node.ADDRESS);
    status.putArray("hostIPs").addObject().put("ip", Node.ADDRESS);
    status.put("startTime", ContainerState.time(facts.startedAt()));
    status.put("qosClass", "BestEffort");
    if (!facts.init().isEmpty()) {
      containers(status.putArray("initContainerStatuses"), facts.init());
    }
    containers(status.putArray("containerStatuses"), facts.main());
    return status;
  }

  private static String phase(KubeObject pod, Facts facts) {
    if (facts.failed().isPresent()) {
      return "Failed";
    }
    boolean always = pod.spec().path("restartPolicy").asText("Always").equals("Always");
    boolean allEnded =
        facts.main().stream().allMatch(v -> v.state() instanceof ContainerState.Terminated);
    if (allEnded && !always && facts.initialized()) {
      boolean well =
          facts.main().stream()
              .allMatch(v -> v.state() instanceof ContainerState.Terminated t && t.exitCode() == 0);
      return well ? "Succeeded" : "Failed";
    }
    boolean everStarted =
        facts.main().stream()
            .allMatch(v -> !(v.state() instanceof ContainerState.Waiting) || v.last().isPresent());
    return facts.initialized() && everStarted ? "Running" : "Pending";
  }

  private static ObjectNode condition(
      KubeObject pod, String type, boolean holds, String reason, String message, Instant now) {
    ObjectNode condition = Json.object().put("type", type).put("status", holds ? "True" : "False");
    JsonNode before = pod.condition(type);
    boolean same = before.path("status").asText().equals(holds ? "True" : "False");
    condition.putNull("lastProbeTime");
    condition.put(
        "lastTransitionTime",
        same
            ? before.path("lastTransitionTime").asText(ContainerState.time(now))
            : ContainerState.time(now));
    if (!holds) {
      condition.put("reason", reason).put("message", message);
    }
    return condition;
  }

  private static void containers(ArrayNode into, List<ContainerRunner.View> views) {
    for (ContainerRunner.View view : views) {
      ObjectNode each = into.addObject().put("name", view.name());
      each.set("state", view.state().tree());
      ObjectNode last = Json.object();
      view.last().ifPresent(ended -> last.setAll(ended.tree()));
      each.set("lastState", last);
      each.put("ready", view.ready()).put("restartCount", view.restarts());
      each.put("image", view.image()).put("imageID", view.image());
      each.put("started", view.started());
      if (view.state() instanceof ContainerState.Running running) {
        each.put("containerID", "process://" + running.pid());
      }
    }
  }

  private static String unready(List<ContainerRunner.View> views) {
    return "containers with unready status: "
        + names(views.stream().filter(view -> !view.ready()).toList());
  }

  private static String names(List<ContainerRunner.View> views) {
    return views.stream().map(ContainerRunner.View::name).toList().toString();
  }
}
