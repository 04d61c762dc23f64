package dev.salver.kube.autoscale;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a revision asks of its autoscaler, annotations and defaults taken together (Knative's {@code
 * autoscaling.knative.dev/} annotations; camel case is accepted as well).
 *
 * @param target what one pod should have at most, in the metric's unit
 * @param total what one pod can take
 * @param targetBurstCapacity -1 to buffer always, 0 never
 * @param activationScale pods to wake up with; 1 or less for no matter
 * @param reachable whether any route leads to the revision
 */
public record ScalingSpec(
    Metric metric,
    MetricWindow.Aggregation aggregation,
    double target,
    double total,
    double targetBurstCapacity,
    double maxScaleUpRate,
    double maxScaleDownRate,
    Duration stableWindow,
    Duration panicWindow,
    double panicThreshold,
    int activationScale,
    Duration scaleDownDelay,
    boolean reachable) {
  /** What is counted. */
  public enum Metric {
    CONCURRENCY,
    RPS
  }

  private static final double TARGET_MIN = 0.01;

  /** Resolves what annotations say. */
  public static ScalingSpec of(
      Map<String, String> annotations,
      int containerConcurrency,
      boolean reachable,
      AutoscalerConfig config) {
    var read = new Annotations(annotations);
    Metric metric =
        read.text("metric").filter("rps"::equals).isPresent() ? Metric.RPS : Metric.CONCURRENCY;
    double total =
        metric == Metric.RPS
            ? config.rpsTarget()
            : containerConcurrency > 0 ? containerConcurrency : config.concurrencyTarget();
    Optional<Double> wanted = read.number("target");
    if (wanted.isPresent()) {
      total =
          metric == Metric.CONCURRENCY && containerConcurrency > 0
              ? Math.min(wanted.get(), containerConcurrency)
              : wanted.get();
    }
    double utilization =
        read.number("target-utilization-percentage")
            .map(percent -> percent / 100)
            .orElse(config.targetUtilization());
    Duration stable = read.duration("window").orElse(config.stableWindow());
    double panicPercent =
        read.number("panic-window-percentage").orElse(config.panicWindowPercent());
    long panicSeconds = Math.max(1, Math.round(stable.toMillis() * panicPercent / 100 / 1000));
    return new ScalingSpec(
        metric,
        read.text("metric-aggregation-algorithm").filter("weighted-exponential"::equals).isPresent()
            ? MetricWindow.Aggregation.WEIGHTED_EXPONENTIAL
            : MetricWindow.Aggregation.LINEAR,
        Math.max(TARGET_MIN, total * utilization),
        total,
        read.number("target-burst-capacity").orElse(config.targetBurstCapacity()),
        config.maxScaleUpRate(),
        config.maxScaleDownRate(),
        stable,
        Duration.ofSeconds(panicSeconds),
        read.number("panic-threshold-percentage").orElse(config.panicThresholdPercent()) / 100,
        read.number("activation-scale").map(Double::intValue).orElse(0),
        read.duration("scale-down-delay").orElse(config.scaleDownDelay()),
        reachable);
  }
}
