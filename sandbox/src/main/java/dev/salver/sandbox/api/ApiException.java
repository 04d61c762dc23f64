package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;

/** A Kubernetes Status that is not a success: HTTP code, machine-readable reason, message. */
public final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;
  private final transient ObjectNode details;

  public ApiException(int code, String reason, String message) {
    this(code, reason, message, Json.object());
  }

  /**
   * A status with details.
   *
   * @param details {@code name}, {@code group}, {@code kind}, {@code causes} … as in a Status
   */
  public ApiException(int code, String reason, String message, ObjectNode details) {
    super(message, null, false, false);
    this.code = code;
    this.reason = reason;
    this.details = details;
  }

  public int code() {
    return code;
  }

  /** {@code NotFound}, {@code AlreadyExists}, {@code Conflict}, {@code Invalid} … */
  public String reason() {
    return reason;
  }

  /** The whole Status as Kubernetes serves it. */
  public ObjectNode toStatus() {
    ObjectNode status = Json.object();
    status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
    status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
    if (!details.isEmpty()) {
      status.set("details", details);
    }
    return status.put("code", code);
  }
}
