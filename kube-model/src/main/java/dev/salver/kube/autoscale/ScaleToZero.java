package dev.salver.kube.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The way of a revision to zero pods and back, as Knative's scaler goes it where the activator is
 * always in the request's path, so that nothing has to be waited for but the pods' retention.
 */
public final class ScaleToZero {
  /** Where a revision stands. */
  public enum Activity {
    /** Wants pods and has none ready yet. */
    ACTIVATING,
    ACTIVE,
    /** Had no request for the stable window; pods may still be there. */
    INACTIVE
  }

  /** An activity and since when. */
  public record State(Activity activity, Instant since) {}

  /**
   * What to do.
   *
   * @param scale to be applied; -1 to leave the workload as it is
   */
  public record Step(int scale, State state) {}

  /** A pod that is not ready by then will not be; Knative's deadline and half a minute. */
  private static final Duration ACTIVATION = Duration.ofSeconds(630);

  private ScaleToZero() {}

  /** How long pods stay after the last need of them. */
  public static Duration retention(Map<String, String> annotations, AutoscalerConfig config) {
    return new Annotations(annotations)
        .duration("scale-to-zero-pod-retention-period")
        .orElse(config.podRetention());
  }

  /**
   * One step.
   *
   * @param wanted within bounds; 0 to go to zero
   * @param ready pods ready now
   * @param needed pods from which on the revision is active
   */
  public static Step step(
      State state,
      int wanted,
      int ready,
      int needed,
      Duration stableWindow,
      Duration retention,
      AutoscalerConfig config,
      Instant now) {
    if (wanted > 0) {
      Activity activity =
          ready >= Math.max(1, needed)
              ? Activity.ACTIVE
              : state.activity() == Activity.ACTIVE && ready > 0
                  ? Activity.ACTIVE
                  : Activity.ACTIVATING;
      return new Step(wanted, moved(state, activity, now));
    }
    if (!config.scaleToZero()) {
      return new Step(1, state);
    }
    return switch (state.activity()) {
      case ACTIVATING -> {
        if (ready >= Math.max(1, needed)) {
          yield new Step(-1, moved(state, Activity.ACTIVE, now));
        }
        yield passed(state, ACTIVATION, now)
            ? new Step(0, moved(state, Activity.INACTIVE, now))
            : new Step(-1, state);
      }
      case ACTIVE -> {
        if (!passed(state, stableWindow, now)) {
          yield new Step(1, state);
        }
        State inactive = moved(state, Activity.INACTIVE, now);
        yield retention.isPositive() ? new Step(-1, inactive) : new Step(0, inactive);
      }
      case INACTIVE -> new Step(passed(state, retention, now) ? 0 : -1, state);
    };
  }

  private static boolean passed(State state, Duration time, Instant now) {
    return !state.since().plus(time).isAfter(now);
  }

  private static State moved(State state, Activity activity, Instant now) {
    return state.activity() == activity ? state : new State(activity, now);
  }
}
