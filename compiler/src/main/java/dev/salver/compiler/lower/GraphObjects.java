package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.check.Ends;
import dev.salver.compiler.check.Mode;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.value.Value;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import dev.salver.kube.graph.ServingGraph;
import dev.salver.kube.graph.ServingGraph.Log;
import dev.salver.kube.graph.ServingGraph.Pods;
import dev.salver.kube.graph.ServingGraphs;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** A graph as an object: KServe's own where that carries it exactly, else a ServingGraph. */
final class GraphObjects {
  private static final String KNATIVE = "autoscaling.knative.dev/";

  private GraphObjects() {}

  static Manifest of(GraphPlan plan, String namespace, Mode mode, Backend backend) {
    return switch (backend) {
      case Backend.KServe kserve -> inferenceGraph(plan, namespace, mode, kserve.nodes());
      case Backend.Salver salver -> servingGraph(plan, namespace, mode, salver.callees());
    };
  }

  private static Manifest inferenceGraph(
      GraphPlan plan, String namespace, Mode mode, ObjectNode nodes) {
    var draft = new Draft(InferenceGraphs.GVK, namespace, plan.name(), plan.settings());
    metadata(draft, mode);
    ObjectNode spec = draft.at("spec");
    Pods pods = pods(plan);
    pods.minReplicas().ifPresent(least -> spec.put("minReplicas", least));
    pods.maxReplicas().ifPresent(most -> spec.put("maxReplicas", most));
    if (!pods.scaleMetric().isEmpty()) {
      spec.put("scaleMetric", pods.scaleMetric());
    }
    pods.scaleTarget().ifPresent(target -> spec.put("scaleTarget", target));
    if (!pods.requests().isEmpty() || !pods.limits().isEmpty()) {
      ObjectNode resources = spec.putObject("resources");
      if (!pods.limits().isEmpty()) {
        pods.limits().forEach(resources.putObject("limits")::put);
      }
      if (!pods.requests().isEmpty()) {
        pods.requests().forEach(resources.putObject("requests")::put);
      }
    }
    plan.timeoutMillis()
        .ifPresent(
            millis ->
                draft.put(Path.of("timeout"), LongNode.valueOf(millis / 1000), "spec", "timeout"));
    spec.set("nodes", nodes);
    return draft.finish();
  }

  private static Manifest servingGraph(
      GraphPlan plan, String namespace, Mode mode, Callees callees) {
    var draft = new Draft(ServingGraph.GVK, namespace, plan.name(), plan.settings());
    metadata(draft, mode);
    if (mode == Mode.KNATIVE) {
      knative(draft);
    }
    ServingGraph graph = serving(plan, callees);
    draft
        .tree()
        .set("spec", ServingGraphs.object(namespace, plan.name(), graph).tree().path("spec"));
    draft.origin(Path.of("timeout"), "spec", "timeout");
    draft.origin(Path.of("cpu"), "spec", "pods", "resources");
    draft.origin(Path.of("scale", "replicas"), "spec", "pods", "minReplicas");
    draft.origin(Path.of("scale", "replicas"), "spec", "pods", "maxReplicas");
    return draft.finish();
  }

  static ServingGraph serving(GraphPlan plan, Callees callees) {
    var specs = new ServingSpecs(plan, callees);
    return new ServingGraph(
        ServingSpecs.inputs(plan.signature()),
        ServingSpecs.outputs(plan.signature()),
        plan.timeoutMillis(),
        specs.steps(plan.body()),
        pods(plan),
        log(plan));
  }

  private static void metadata(Draft draft, Mode mode) {
    draft.texts("labels", "metadata", "labels");
    if (draft.settings().text("expose").filter("cluster"::equals).isPresent()) {
      String label =
          mode == Mode.KNATIVE
              ? "networking.knative.dev/visibility"
              : "networking.kserve.io/visibility";
      draft.put(Path.of("expose"), "cluster-local", "metadata", "labels", label);
    }
    draft.put(
        Path.of("mode"),
        mode.annotation(),
        "metadata",
        "annotations",
        "serving.kserve.io/deploymentMode");
    draft.texts("annotations", "metadata", "annotations");
  }

  /** What Knative alone knows, as annotations that reach the revision. */
  private static void knative(Draft draft) {
    var settings = draft.settings();
    Optional<Long> idle = settings.duration("scale", "idle").map(millis -> millis / 1000);
    Optional<Long> window = settings.duration("scale", "window").map(millis -> millis / 1000);
    Optional<Long> averaged = window.or(() -> idle.map(seconds -> Math.clamp(seconds, 6L, 60L)));
    averaged.ifPresent(
        seconds -> annotate(draft, Path.of("scale", "idle"), "window", seconds + "s"));
    idle.map(seconds -> seconds - averaged.orElse(60L))
        .filter(left -> left > 0)
        .ifPresent(
            left ->
                annotate(
                    draft,
                    Path.of("scale", "idle"),
                    "scale-to-zero-pod-retention-period",
                    left + "s"));
    settings
        .whole("scale", "activation")
        .ifPresent(
            count ->
                annotate(
                    draft, Path.of("scale", "activation"), "activation-scale", count.toString()));
    settings
        .whole("scale", "burst")
        .ifPresent(
            count ->
                annotate(
                    draft, Path.of("scale", "burst"), "target-burst-capacity", count.toString()));
  }

  private static void annotate(Draft draft, Path from, String key, String value) {
    draft.put(from, value, "metadata", "annotations", KNATIVE + key);
  }

  private static Pods pods(GraphPlan plan) {
    var settings = plan.settings();
    Ends replicas = settings.value(Path.of("scale", "replicas")).map(Ends::of).orElse(Ends.ONE);
    ObjectNode resources =
        Containers.resources(ends(plan, "cpu"), ends(plan, "memory"), Optional.empty());
    Optional<Value.Rate> target = rate(plan, "target");
    return new Pods(
        whole(replicas.low()),
        whole(replicas.high()),
        target.map(GraphObjects::metric).orElse(""),
        target
            .map(rate -> OptionalLong.of(rate.amount().longValueExact()))
            .orElse(OptionalLong.empty()),
        rate(plan, "hard-limit")
            .map(rate -> OptionalLong.of(rate.amount().longValueExact()))
            .orElse(OptionalLong.empty()),
        texts(resources, "requests"),
        texts(resources, "limits"),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        "");
  }

  private static String metric(Value.Rate rate) {
    return switch (rate.unit()) {
      case "concurrent" -> "concurrency";
      case "rps" -> "rps";
      default -> rate.unit().substring(1);
    };
  }

  private static Ends ends(GraphPlan plan, String key) {
    return plan.settings().value(Path.of(key)).map(Ends::of).orElse(Ends.OPEN);
  }

  private static Optional<Value.Rate> rate(GraphPlan plan, String key) {
    return plan.settings()
        .value(Path.of("scale", key))
        .flatMap(value -> value instanceof Value.Rate rate ? Optional.of(rate) : Optional.empty());
  }

  private static OptionalLong whole(Optional<Value> value) {
    return value.isPresent() && value.get() instanceof Value.Plain number
        ? OptionalLong.of(number.value().longValueExact())
        : OptionalLong.empty();
  }

  private static SequencedMap<String, String> texts(ObjectNode resources, String key) {
    return new LinkedHashMap<>(
        Trees.strings(resources.has(key) ? resources.path(key) : Json.object()));
  }

  private static @Nullable Log log(GraphPlan plan) {
    Optional<String> to = plan.settings().text("log", "to");
    if (to.isEmpty()) {
      return null;
    }
    String mode = plan.settings().text("log", "mode").orElse("both");
    return new Log(to.get(), mode.equals("both") ? "all" : mode);
  }
}
