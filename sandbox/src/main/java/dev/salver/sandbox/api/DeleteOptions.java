package dev.salver.sandbox.api;

import java.util.OptionalLong;

/**
 * How an object is deleted.
 *
 * @param graceSeconds for pods: what the processes get to end; empty for what the pod says
 * @param propagation {@code Orphan} cuts dependents loose first; {@code Background} and {@code
 *     Foreground} both leave dependents to the garbage collector
 */
public record DeleteOptions(
    Api.Preconditions preconditions,
    OptionalLong graceSeconds,
    Propagation propagation,
    boolean dryRun) {
  public static final DeleteOptions DEFAULT = with(Api.Preconditions.NONE);

  /** What becomes of dependents. */
  public enum Propagation {
    BACKGROUND,
    FOREGROUND,
    ORPHAN
  }

  public static DeleteOptions with(Api.Preconditions preconditions) {
    return new DeleteOptions(preconditions, OptionalLong.empty(), Propagation.BACKGROUND, false);
  }
}
