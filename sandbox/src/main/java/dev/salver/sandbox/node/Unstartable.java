package dev.salver.sandbox.node;

/** Why a container can't be started now: a reason and a message as its waiting state shows them. */
final class Unstartable extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  Unstartable(String reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  static Unstartable config(String message) {
    return new Unstartable("CreateContainerConfigError", message);
  }

  String reason() {
    return reason;
  }

  String message() {
    return String.valueOf(getMessage());
  }
}
