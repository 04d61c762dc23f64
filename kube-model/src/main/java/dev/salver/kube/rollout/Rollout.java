package dev.salver.kube.rollout;

import dev.salver.kube.Gvk;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The spec of a Rollout.
 *
 * @param steps rise and end at 100
 * @param gates all of them must hold at every step
 * @param patienceMillis how long a step waits for gates that have no data
 */
public record Rollout(
    Target target, List<Stage> steps, List<Gate> gates, long patienceMillis, OnFail onFail) {
  public static final Gvk GVK = new Gvk("salver.dev", "v1alpha1", "Rollout");

  /** An hour. */
  public static final long PATIENCE_MILLIS = 3_600_000;

  public Rollout {
    steps = List.copyOf(steps);
    gates = List.copyOf(gates);
  }

  /** Whose traffic it moves: an object of its own namespace. */
  public record Target(String kind, String name) {}

  /**
   * A share of the traffic, and how long it stays there at least.
   *
   * @param percent whole, as Knative splits traffic
   * @param holdMillis empty for the last step, which stays
   */
  public record Stage(int percent, OptionalLong holdMillis) {}

  /**
   * What happens when a gate fails.
   *
   * @param tell whom to tell, {@code pagerduty:risk}; empty for nobody
   */
  public record OnFail(Action action, String tell) {
    public static final OnFail DEFAULT = new OnFail(Action.ROLLBACK, "");
  }

  public enum Action {
    /** All traffic goes back to the stable revision. */
    ROLLBACK,
    /** Traffic stays as it is until somebody decides. */
    HOLD;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Action> of(String word) {
      return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
  }
}
