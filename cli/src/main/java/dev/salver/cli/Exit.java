package dev.salver.cli;

/** Exit codes of every command, for scripts. */
public final class Exit {
  /** Done. */
  public static final int DONE = 0;

  /** The program or a gate says no: diagnostics, failed tests, a failed rollout. */
  public static final int REFUSED = 1;

  /** Wrong usage. */
  public static final int USAGE = 2;

  /** Something outside failed: network, disk, cluster, a port. */
  public static final int OUTSIDE = 3;

  /** Interrupted. */
  public static final int INTERRUPTED = 130;

  private Exit() {}
}
