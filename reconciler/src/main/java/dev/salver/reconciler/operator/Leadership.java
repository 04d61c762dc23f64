package dev.salver.reconciler.operator;

/**
 * Whether this process may write now. Asked before each pass.
 *
 * <p>There must be one writer at a time. A second one is noticed where the inventory is written,
 * not before, so run one replica unless leadership is by lease.
 */
@FunctionalInterface
public interface Leadership {
  /** For a process that is known to be the only one. */
  Leadership ALONE = () -> true;

  boolean holds();
}
