package dev.salver.reconciler.cluster;

/** The API server could not be reached, or answered what makes no sense; trying again may help. */
public final class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ClusterException(String message, Throwable cause) {
    super(message, cause);
  }

  public ClusterException(String message) {
    super(message);
  }
}
