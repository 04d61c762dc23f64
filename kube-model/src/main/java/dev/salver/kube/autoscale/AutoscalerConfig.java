package dev.salver.kube.autoscale;

import java.time.Duration;
import java.util.Map;

/**
 * What holds where a revision says nothing: Knative's {@code config-autoscaler}.
 *
 * @param targetUtilization a fraction
 * @param panicWindowPercent of the stable window
 * @param maxScale 0 for no bound
 */
public record AutoscalerConfig(
    double concurrencyTarget,
    double rpsTarget,
    double targetUtilization,
    double targetBurstCapacity,
    Duration stableWindow,
    double panicWindowPercent,
    double panicThresholdPercent,
    double maxScaleUpRate,
    double maxScaleDownRate,
    boolean scaleToZero,
    Duration podRetention,
    Duration scaleDownDelay,
    int initialScale,
    int minScale,
    int maxScale) {
  public static final AutoscalerConfig DEFAULT = of(Map.of());

  /** Reads the config map's data; what it lacks has Knative's own default. */
  public static AutoscalerConfig of(Map<String, String> data) {
    var read = new Annotations(data);
    return new AutoscalerConfig(
        read.number("container-concurrency-target-default").orElse(100.0),
        read.number("requests-per-second-target-default").orElse(200.0),
        read.number("container-concurrency-target-percentage").orElse(70.0) / 100,
        read.number("target-burst-capacity").orElse(211.0),
        read.duration("stable-window").orElse(Duration.ofSeconds(60)),
        read.number("panic-window-percentage").orElse(10.0),
        read.number("panic-threshold-percentage").orElse(200.0),
        read.number("max-scale-up-rate").orElse(1000.0),
        read.number("max-scale-down-rate").orElse(2.0),
        !read.text("enable-scale-to-zero").filter("false"::equals).isPresent(),
        read.duration("scale-to-zero-pod-retention-period").orElse(Duration.ZERO),
        read.duration("scale-down-delay").orElse(Duration.ZERO),
        read.number("initial-scale").map(Double::intValue).orElse(1),
        read.number("min-scale").map(Double::intValue).orElse(0),
        read.number("max-scale").map(Double::intValue).orElse(0));
  }
}
