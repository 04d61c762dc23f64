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

  private final Draft draft;
  private final String component;

  /**
   * @param component {@code predictor}, {@code transformer} or {@code explainer}
   */
  Scalings(Draft draft, String component) {
    this.draft = draft;
    this.component = component;
  }

  static void apply(Draft draft, ModelPlan model) {
    var predictor = new Scalings(draft, "predictor");
    predictor.replicas(model.scaling());
    if (model.mode() == Mode.KNATIVE) {
      predictor.knative(model.scaling());
    } else {
      boolean scales = !model.scaling().isFixed() || model.components().scale();
      String scaler = model.scaling().scaler().orElse(scales ? HPA : NONE);
      draft.put(Path.of("scale", "scaler"), scaler, "metadata", "annotations", AUTOSCALER);
      predictor.standard(model.scaling(), scaler);
    }
  }

  /** Of a transformer or explainer, in the same mode and with the scaler of the predictor. */
  void apply(ModelPlan model, Scaling own) {
    replicas(own);
    if (model.mode() == Mode.KNATIVE) {
      boolean byLoad =
          model.scaling().target().filter(rate -> rate.unit().startsWith("%")).isEmpty();
      own.target()
          .filter(rate -> byLoad && !rate.unit().startsWith("%"))
          .ifPresent(
              rate ->
                  target(
                      Path.of("scale", "target"),
                      rate,
                      rate.unit().equals("rps") ? "rps" : "concurrency"));
    } else {
      standard(own, draft.at("metadata", "annotations").path(AUTOSCALER).asText());
    }
  }

  private void replicas(Scaling scaling) {
    whole(Path.of("scale", "replicas"), scaling.min(), "minReplicas");
    whole(Path.of("scale", "replicas"), scaling.max(), "maxReplicas");
  }

  private void whole(Path from, Optional<Integer> value, String key) {
    value.ifPresent(number -> draft.put(from, IntNode.valueOf(number), "spec", component, key));
  }

  private void knative(Scaling scaling) {
    scaling
        .target()
        .ifPresent(
            rate -> {
              Path from = Path.of("scale", "target");
              switch (rate.unit()) {
                case "rps" -> target(from, rate, "rps");
                case "concurrent" -> target(from, rate, "concurrency");
                default -> {
                  annotate(from, "class", "hpa.autoscaling.knative.dev");
                  annotate(from, "metric", rate.unit().substring(1));
                  annotate(from, "target", rate.amount().toPlainString());
                }
              }
            });
    whole(Path.of("scale", "hard-limit"), scaling.hardLimit(), "containerConcurrency");
    Path idle = Path.of("scale", "idle");
    boolean own = draft.settings().leaf(Path.of("scale", "window")).isPresent();
    scaling
        .windowSeconds()
        .ifPresent(
            seconds -> annotate(own ? Path.of("scale", "window") : idle, "window", seconds + "s"));
    scaling
        .retentionSeconds()
        .ifPresent(seconds -> annotate(idle, "scale-to-zero-pod-retention-period", seconds + "s"));
    scaling
        .activation()
        .ifPresent(
            count ->
                annotate(Path.of("scale", "activation"), "activation-scale", count.toString()));
    scaling
        .burst()
        .ifPresent(
            count ->
                annotate(Path.of("scale", "burst"), "target-burst-capacity", count.toString()));
  }

  private void standard(Scaling scaling, String scaler) {
    boolean measured = scaler.equals(HPA) || scaler.equals("keda");
    boolean scales = !scaling.min().equals(scaling.max());
    Value.Rate rate = scaling.target().orElse(CPU);
    if (!measured || (scaling.target().isEmpty() && !scales)) {
      return;
    }
    Path from = Path.of("scale", "target");
    String metric = rate.unit().substring(1);
    if (scaler.equals(HPA)) {
      target(from, rate, metric);
      return;
    }
    ObjectNode resource =
        draft
            .at("spec", component, "autoScaling")
            .putArray("metrics")
            .addObject()
            .put("type", "Resource")
            .putObject("resource")
            .put("name", metric);
    resource
        .putObject("target")
        .put("type", "Utilization")
        .put("averageUtilization", rate.amount().intValueExact());
    draft.origin(from, "spec", component, "autoScaling", "metrics");
  }

  private void target(Path from, Value.Rate rate, String metric) {
    draft.put(from, metric, "spec", component, "scaleMetric");
    draft.put(
        from, IntNode.valueOf(rate.amount().intValueExact()), "spec", component, "scaleTarget");
  }

  private void annotate(Path from, String key, String value) {
    draft.put(from, value, "metadata", "annotations", KNATIVE + key);
  }
}
