package dev.salver.reconciler.cluster;

/** The API server could not be reached, or answered what makes no sense; trying again may help. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final boolean forbidden;

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
    this.forbidden = false;
  }

  public ClusterException(String message) {
    this(message, false);
  }

  private ClusterException(String message, boolean forbidden) {
    super(message);
    this.forbidden = forbidden;
  }

  /** The server answered that we may not do it (403). */
  public static ClusterException forbidden(String message) {
    return new ClusterException(message, true);
  }

  /** Whether it is a matter of rights: asking again helps only once somebody grants them. */
  public boolean isForbidden() {
    return forbidden;
  }
}
