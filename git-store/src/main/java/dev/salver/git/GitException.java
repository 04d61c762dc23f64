package dev.salver.git;

/** A repository on this machine cannot be read or written; the message says which and why. */
public final class GitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public GitException(String message, Throwable cause) {
    super(message, cause);
  }

  public GitException(String message) {
    super(message);
  }
}
