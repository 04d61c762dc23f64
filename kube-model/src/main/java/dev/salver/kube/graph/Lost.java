package dev.salver.kube.graph;

/** A step that has no value, and why: a control flow of its own, without a stack. */
final class Lost extends Exception {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String step;
  private final boolean isFinal;

  /**
   * @param isFinal whether neither another attempt nor a fallback can help
   */
  Lost(String step, int status, String message, boolean isFinal) {
    super(message, null, false, false);
    this.step = step;
    this.status = status;
    this.isFinal = isFinal;
  }

  Lost(String step, int status, String message) {
    this(step, status, message, false);
  }

  String step() {
    return step;
  }

  int status() {
    return status;
  }

  String words() {
    return String.valueOf(getMessage());
  }

  boolean isFinal() {
    return isFinal;
  }

  /** Whether the same request may be answered when it is asked again. */
  boolean isPassing() {
    return status >= 500 || status == 408 || status == 429;
  }
}
