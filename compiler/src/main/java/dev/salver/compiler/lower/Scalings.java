package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.check.Mode;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.Scaling;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.Optional;

/** Scaling as each mode says it: fields of the predictor, and Knative's annotations. */
final class Scalings {
  private static final String KNATIVE = "autoscaling.knative.dev/";
  private static final String AUTOSCALER = "serving.kserve.io/autoscalerClass";

  private static final String HPA = "hpa";

  /** KServe then makes no autoscaler, and {@code minReplicas} is the Deployment's count. */
  private static final String NONE = "none";

  /** What KServe's HPA takes when nothing is said. */
  private static final Value.Rate CPU = new Value.Rate(BigDecimal.valueOf(80), "%cpu");

  private Scalings() {}

  static void apply(Draft draft, ModelPlan model) {
    Scaling scaling = model.scaling();
    whole(draft, Path.of("scale", "replicas"), scaling.min(), "minReplicas");
    whole(draft, Path.of("scale", "replicas"), scaling.max(), "maxReplicas");
    if (model.mode() == Mode.KNATIVE) {
      knative(draft, scaling);
    } else {
      standard(draft, scaling);
    }
  }

  private static void whole(Draft draft, Path from, Optional<Integer> value, String key) {
    value.ifPresent(number -> draft.put(from, IntNode.valueOf(number), "spec", "predictor", key));
  }

  private static void knative(Draft draft, Scaling scaling) {
    scaling
        .target()
        .ifPresent(
            rate -> {
              Path from = Path.of("scale", "target");
              switch (rate.unit()) {
                case "rps" -> target(draft, from, rate, "rps");
                case "concurrent" -> target(draft, from, rate, "concurrency");
                default -> {
                  annotate(draft, from, "class", "hpa.autoscaling.knative.dev");
                  annotate(draft, from, "metric", rate.unit().substring(1));
                  annotate(draft, from, "target", rate.amount().toPlainString());
                }
              }
            });
    whole(draft, Path.of("scale", "hard-limit"), scaling.hardLimit(), "containerConcurrency");
    Path idle = Path.of("scale", "idle");
    boolean own = draft.settings().leaf(Path.of("scale", "window")).isPresent();
    scaling
        .windowSeconds()
        .ifPresent(
            seconds ->
                annotate(draft, own ? Path.of("scale", "window") : idle, "window", seconds + "s"));
    scaling
        .retentionSeconds()
        .ifPresent(
            seconds -> annotate(draft, idle, "scale-to-zero-pod-retention-period", seconds + "s"));
    scaling
        .activation()
        .ifPresent(
            count ->
                annotate(
                    draft, Path.of("scale", "activation"), "activation-scale", count.toString()));
    scaling
        .burst()
        .ifPresent(
            count ->
                annotate(
                    draft, Path.of("scale", "burst"), "target-burst-capacity", count.toString()));
  }

  private static void standard(Draft draft, Scaling scaling) {
    String scaler = scaling.scaler().orElse(scaling.isFixed() ? NONE : HPA);
    draft.put(Path.of("scale", "scaler"), scaler, "metadata", "annotations", AUTOSCALER);
    boolean measured = scaler.equals(HPA) || scaler.equals("keda");
    boolean scales = !scaling.min().equals(scaling.max());
    Value.Rate rate = scaling.target().orElse(CPU);
    if (!measured || (scaling.target().isEmpty() && !scales)) {
      return;
    }
    Path from = Path.of("scale", "target");
    String metric = rate.unit().substring(1);
    if (scaler.equals(HPA)) {
      target(draft, from, rate, metric);
      return;
    }
    ObjectNode resource =
        draft
            .at("spec", "predictor", "autoScaling")
            .putArray("metrics")
            .addObject()
            .put("type", "Resource")
            .putObject("resource")
            .put("name", metric);
    resource
        .putObject("target")
        .put("type", "Utilization")
        .put("averageUtilization", rate.amount().intValueExact());
    draft.origin(from, "spec", "predictor", "autoScaling", "metrics");
  }

  private static void target(Draft draft, Path from, Value.Rate rate, String metric) {
    draft.put(from, metric, "spec", "predictor", "scaleMetric");
    draft.put(
        from, IntNode.valueOf(rate.amount().intValueExact()), "spec", "predictor", "scaleTarget");
  }

  private static void annotate(Draft draft, Path from, String key, String value) {
    draft.put(from, value, "metadata", "annotations", KNATIVE + key);
  }
}
