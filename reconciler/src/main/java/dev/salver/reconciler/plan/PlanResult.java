package dev.salver.reconciler.plan;

import java.util.List;

/** The way from the cluster as it is to what Git wants. */
public sealed interface PlanResult {
  /** Actions in the order to take them. */
  record Planned(List<Action> actions) implements PlanResult {
    /** Whether anything would be written. */
    public boolean changes() {
      return actions.stream().anyMatch(action -> !(action instanceof Action.None));
    }
  }

  /** Carrying it out would do too much harm if it is a mistake. */
  record Refused(String explanation) implements PlanResult {}
}
