package dev.salver.kube.schema;

/**
 * One way in which an object is not what its schema asks for.
 *
 * @param path as Kubernetes writes it: {@code spec.containers[0].image}, empty for the whole object
 * @param message what is wrong there, without the path
 */
public record Violation(Kind kind, String path, String message) {
  /** What an API server would do about it. */
  public enum Kind {
    /** The schema does not know the field: pruned, or refused under strict field validation. */
    UNKNOWN_FIELD,
    /** Refused always. */
    INVALID
  }

  @Override
  public String toString() {
    return (path.isEmpty() ? "(object)" : path) + ": " + message;
  }
}
