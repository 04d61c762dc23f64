package dev.salver.reconciler.apply;

import dev.salver.kube.ObjectKey;

/**
 * How one object stands after a pass.
 *
 * @param message why it is not applied; empty where all is well
 */
public record Outcome(ObjectKey key, State state, String message) {
  /** Where an object is on its way. */
  public enum State {
    /** As Git has it. */
    APPLIED,
    /** Other field managers hold fields that Git sets; Git's version waits. */
    CONTESTED,
    /** The API server says no to it. */
    REFUSED,
    /** The API server could not be asked. */
    FAILED,
    /** Something has to happen first. */
    WAITING,
    /** It is being deleted. */
    DELETING,
    /** It was deleted. */
    GONE
  }

  /** Whether the next pass has to look at it again. */
  public boolean isSettled() {
    return state == State.APPLIED || state == State.GONE;
  }
}
