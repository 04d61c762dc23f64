package dev.salver.reconciler.plan;

import java.util.List;

/**
 * The way from the cluster as it is to what Git wants.
 *
 * @param actions in the order to take them
 */
public record Plan(List<Action> actions) {
  /** Whether anything would be written. */
  public boolean changes() {
    return actions.stream().anyMatch(action -> !(action instanceof Action.None));
  }
}
