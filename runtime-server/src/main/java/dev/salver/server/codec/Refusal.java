package dev.salver.server.codec;

/**
 * A request that can't be served as it is. Thrown inside the codec only, without a stack trace;
 * {@link Decoded} carries it out.
 */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final boolean placed;

  private Refusal(String message, boolean placed) {
    super(message, null, false, false);
    this.placed = placed;
  }

  /** A message that says where. */
  Refusal(String message) {
    this(message, true);
  }

  String reason() {
    return String.valueOf(getMessage());
  }

  /** Whether the message says where; if not, who reads the element adds it. */
  boolean placed() {
    return placed;
  }

  static Refusal malformed(String what, int offset) {
    return new Refusal("malformed JSON: " + what + " at byte " + offset);
  }

  /** A value that is JSON, but not what the tensor holds. */
  static Refusal value(String message) {
    return new Refusal(message, false);
  }
}
