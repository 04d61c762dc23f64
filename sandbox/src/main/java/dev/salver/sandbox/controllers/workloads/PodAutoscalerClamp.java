package dev.salver.sandbox.controllers.workloads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.controllers.Controller;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * HorizontalPodAutoscaler as a clamp: keeps its Deployment within the bounds. There are no metrics
 * of processor and memory per pod here, so nothing moves within them.
 */
public final class PodAutoscalerClamp implements Controller {
  private final Writer writer;
  private final Scheduler scheduler;

  public PodAutoscalerClamp(Writer writer, Scheduler scheduler) {
    this.writer = writer;
    this.scheduler = scheduler;
  }

  @Override
  public String name() {
    return "horizontal pod autoscaler";
  }

  @Override
  public List<Source> sources() {
    return List.of(
        Source.of(ResourceTypes.HORIZONTAL_POD_AUTOSCALER), Source.of(ResourceTypes.DEPLOYMENT));
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    if (key.gvk().equals(ResourceTypes.DEPLOYMENT.gvk())) {
      writer.list(ResourceTypes.HORIZONTAL_POD_AUTOSCALER, key.namespace(), Map.of()).stream()
          .filter(autoscaler -> target(autoscaler).equals(key.name()))
          .forEach(autoscaler -> wake.accept(autoscaler.key()));
      return Optional.empty();
    }
    KubeObject autoscaler = writer.get(key).orElse(null);
    if (autoscaler == null || autoscaler.isBeingDeleted()) {
      return Optional.empty();
    }
    KubeObject deployment =
        writer
            .get(ResourceTypes.DEPLOYMENT, autoscaler.namespace(), target(autoscaler))
            .orElse(null);
    if (deployment == null || deployment.isBeingDeleted()) {
      writer.status(autoscaler, missing(autoscaler, scheduler.now()));
      return Optional.empty();
    }
    int is = deployment.spec().path("replicas").asInt(1);
    int wanted = clamp(autoscaler, is);
    if (is != wanted) {
      KubeObject next = deployment.copy();
      ObjectNode spec = Trees.child(next.tree(), "spec");
      spec.put("replicas", wanted);
      writer.update(deployment, next);
    }
    int current = deployment.status().path("replicas").asInt();
    writer.status(autoscaler, status(autoscaler, current, wanted, scheduler.now()));
    return Optional.empty();
  }

  /** Zero is how people switch autoscaling off, as in Kubernetes. */
  static int clamp(KubeObject autoscaler, int replicas) {
    if (replicas == 0) {
      return 0;
    }
    int min = autoscaler.spec().path("minReplicas").asInt(1);
    int max = Math.max(min, autoscaler.spec().path("maxReplicas").asInt(Integer.MAX_VALUE));
    return Math.clamp(replicas, min, max);
  }

  private static String target(KubeObject autoscaler) {
    var target = autoscaler.spec().path("scaleTargetRef");
    return target.path("kind").asText().equals("Deployment") ? target.path("name").asText() : "";
  }

  private static ObjectNode missing(KubeObject autoscaler, Instant now) {
    ObjectNode status = Json.object().put("currentReplicas", 0).put("desiredReplicas", 0);
    status
        .putArray("conditions")
        .add(
            condition(
                autoscaler,
                "AbleToScale",
                "False",
                "FailedGetScale",
                "the HPA controller was unable to get the target's current scale: "
                    + target(autoscaler)
                    + " not found",
                now));
    return status;
  }

  private static ObjectNode status(KubeObject autoscaler, int current, int wanted, Instant now) {
    ObjectNode status =
        Json.object().put("currentReplicas", current).put("desiredReplicas", wanted);
    status
        .putArray("conditions")
        .add(
            condition(
                autoscaler,
                "AbleToScale",
                "True",
                "ReadyForNewScale",
                "recommended size matches current size",
                now))
        .add(
            condition(
                autoscaler,
                "ScalingActive",
                "False",
                wanted == 0 ? "ScalingDisabled" : "MetricsNotServed",
                wanted == 0
                    ? "scaling is disabled since the replica count of the target is zero"
                    : "this machine measures no pods; the replicas are kept within the bounds",
                now));
    return status;
  }

  private static ObjectNode condition(
      KubeObject autoscaler,
      String type,
      String status,
      String reason,
      String message,
      Instant now) {
    var before = autoscaler.condition(type);
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return Json.object()
        .put("type", type)
        .put("status", status)
        .put("reason", reason)
        .put("message", message)
        .put(
            "lastTransitionTime",
            before.path("status").asText().equals(status)
                ? before.path("lastTransitionTime").asText(time)
                : time);
  }
}
