package dev.salver.sandbox.api;

/** A Kubernetes Status that is not a success: HTTP code, machine-readable reason, message. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;

  public ApiException(int code, String reason, String message) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  public int code() {
    return code;
  }

  /** {@code NotFound}, {@code AlreadyExists}, {@code Conflict}, {@code Invalid} … */
  public String reason() {
    return reason;
  }
}
