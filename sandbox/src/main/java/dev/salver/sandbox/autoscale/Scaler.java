package dev.salver.sandbox.autoscale;

import dev.salver.kube.KubeObject;
import dev.salver.kube.autoscale.AutoscalerConfig;
import dev.salver.kube.autoscale.Decider;
import dev.salver.kube.autoscale.ScaleBounds;
import dev.salver.kube.autoscale.ScaleToZero;
import dev.salver.kube.autoscale.ScalingSpec;
import java.time.Instant;
import java.util.OptionalInt;

/** One revision's autoscaler: its windows, what it last wanted, and how far it is towards zero. */
final class Scaler {
  private static final int UNKNOWN = -1;

  private final String uid;
  private KubeObject autoscaler;
  private ScalingSpec spec;
  private Decider decider;
  private ScaleToZero.State state;
  private int desired;
  private boolean initialized;

  Scaler(KubeObject autoscaler, AutoscalerConfig config, int ready, Instant now) {
    this.uid = autoscaler.uid();
    this.autoscaler = autoscaler;
    this.spec = spec(autoscaler, config);
    this.decider = new Decider(spec, ready, now);
    this.desired = autoscaler.status().path("desiredScale").asInt(UNKNOWN);
    this.initialized = autoscaler.is("ScaleTargetInitialized");
    ScaleToZero.Activity activity =
        ready > 0
            ? ScaleToZero.Activity.ACTIVE
            : desired == 0 ? ScaleToZero.Activity.INACTIVE : ScaleToZero.Activity.ACTIVATING;
    this.state = new ScaleToZero.State(activity, now);
  }

  String uid() {
    return uid;
  }

  KubeObject autoscaler() {
    return autoscaler;
  }

  ScalingSpec.Metric metric() {
    return spec.metric();
  }

  /** Whether nothing runs and nothing is on its way. */
  boolean sleeps() {
    return desired == 0;
  }

  /** A newer state of the object; other windows begin anew. */
  void update(KubeObject newer, AutoscalerConfig config, int ready, Instant now) {
    ScalingSpec next = spec(newer, config);
    if (!next.stableWindow().equals(spec.stableWindow())
        || !next.panicWindow().equals(spec.panicWindow())
        || !next.scaleDownDelay().equals(spec.scaleDownDelay())
        || next.metric() != spec.metric()
        || next.aggregation() != spec.aggregation()) {
      decider = new Decider(next, ready, now);
    }
    spec = next;
    autoscaler = newer;
    initialized |= newer.is("ScaleTargetInitialized");
  }

  void record(double value, Instant now) {
    decider.record(now, value);
  }

  /** What the workload should be scaled to now; empty to leave it as it is. */
  OptionalInt decide(int ready, AutoscalerConfig config, Instant now) {
    decider.decide(spec, ready, now).ifPresent(decision -> desired = decision.desired());
    if (desired < 0) {
      return OptionalInt.empty();
    }
    var annotations = autoscaler.annotations();
    boolean unreachable = !spec.reachable();
    int initial = ScaleBounds.initialScale(annotations, config);
    ScaleBounds bounds = ScaleBounds.of(annotations, unreachable, initialized, config);
    initialized |= ready >= Math.max(bounds.min(), initial);
    ScaleToZero.Step step =
        ScaleToZero.step(
            state,
            bounds.apply(desired),
            ready,
            initialized ? bounds.min() : Math.max(bounds.min(), initial),
            spec.stableWindow(),
            ScaleToZero.retention(annotations, config),
            config,
            now);
    state = step.state();
    return step.scale() < 0 ? OptionalInt.empty() : OptionalInt.of(step.scale());
  }

  private static ScalingSpec spec(KubeObject autoscaler, AutoscalerConfig config) {
    return ScalingSpec.of(
        autoscaler.annotations(),
        autoscaler.spec().path("containerConcurrency").asInt(),
        !autoscaler.spec().path("reachability").asText().equals("Unreachable"),
        config);
  }
}
