package dev.salver.kube.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says how many pods a revision should have, as Knative's autoscaler does: the stable window
 * decides, the panic window may only raise.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class Decider {
  /** How often Knative decides; the grain of the scale-down delay. */
  public static final Duration TICK = Duration.ofSeconds(2);

  /**
   * What came out.
   *
   * @param excessBurstCapacity requests that the pods could take on at once, beyond what is asked
   */
  public record Decision(
      int desired, double excessBurstCapacity, double stable, double panic, boolean panicking) {}

  private final @Nullable MaxWindow delay;
  private final MetricWindow stableWindow;
  private final MetricWindow panicWindow;
  private @Nullable Instant panicSince;
  private int maxPanicPods;

  /**
   * A decider without values yet. With more than one pod ready it starts in panic, so that a
   * restart of the autoscaler takes nothing away.
   */
  public Decider(ScalingSpec spec, int ready, Instant now) {
    stableWindow = new MetricWindow(spec.stableWindow(), spec.aggregation());
    panicWindow = new MetricWindow(spec.panicWindow(), spec.aggregation());
    delay = spec.scaleDownDelay().isPositive() ? new MaxWindow(spec.scaleDownDelay(), TICK) : null;
    panicSince = ready > 1 ? now : null;
    maxPanicPods = ready;
  }

  /** Takes in a value of the metric. */
  public void record(Instant now, double value) {
    stableWindow.record(now, value);
    panicWindow.record(now, value);
  }

  /**
   * Decides.
   *
   * @param ready pods that are ready now
   * @return empty where there was no value for longer than the stable window
   */
  public Optional<Decision> decide(ScalingSpec spec, int ready, Instant now) {
    if (stableWindow.isEmpty(now)) {
      return Optional.empty();
    }
    double stable = stableWindow.average(now);
    double panic = panicWindow.average(now);
    double pods = Math.max(1, ready);
    double up = Math.ceil(spec.maxScaleUpRate() * pods);
    double down = spec.reachable() ? Math.floor(pods / spec.maxScaleDownRate()) : 0;
    double wantedStable = Math.ceil(stable / spec.target());
    double wantedPanic = Math.ceil(panic / spec.target());
    int byStable = activated(spec, wantedStable, (int) clamp(wantedStable, down, up));
    int byPanic = activated(spec, wantedPanic, (int) clamp(wantedPanic, down, up));
    boolean panicking = panics(spec, wantedPanic / pods >= spec.panicThreshold(), now);

    int desired = byStable;
    if (panicking) {
      maxPanicPods = Math.max(maxPanicPods, Math.max(byStable, byPanic));
      desired = maxPanicPods;
    }
    if (spec.reachable() && delay != null) {
      desired = delay.record(now, desired);
    }
    return Optional.of(new Decision(desired, excess(spec, ready, panic), stable, panic, panicking));
  }

  private boolean panics(ScalingSpec spec, boolean overThreshold, Instant now) {
    if (overThreshold) {
      panicSince = now;
    } else if (panicSince != null && panicSince.plus(spec.stableWindow()).isBefore(now)) {
      panicSince = null;
      maxPanicPods = 0;
    }
    return panicSince != null;
  }

  private static int activated(ScalingSpec spec, double wanted, int pods) {
    return spec.activationScale() > 1 && wanted > 0 ? Math.max(spec.activationScale(), pods) : pods;
  }

  private static double excess(ScalingSpec spec, int ready, double panic) {
    if (spec.targetBurstCapacity() == 0) {
      return 0;
    }
    return spec.targetBurstCapacity() > 0
        ? Math.floor(ready * spec.total() - spec.targetBurstCapacity() - panic)
        : -1;
  }

  private static double clamp(double value, double from, double to) {
    return Math.min(Math.max(value, from), to);
  }
}
