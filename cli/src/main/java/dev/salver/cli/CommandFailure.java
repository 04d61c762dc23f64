package dev.salver.cli;

/** Ends a command with one clear line and an exit code. */
public final class CommandFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandFailure(int exitCode, String message) {
    super(message, null, false, false);
    this.exitCode = exitCode;
  }

  /** Something outside failed; the message says what, and what to do. */
  public static CommandFailure outside(String message) {
    return new CommandFailure(Exit.OUTSIDE, message);
  }

  /** The arguments make no sense together. */
  public static CommandFailure usage(String message) {
    return new CommandFailure(Exit.USAGE, message);
  }

  public int exitCode() {
    return exitCode;
  }
}
