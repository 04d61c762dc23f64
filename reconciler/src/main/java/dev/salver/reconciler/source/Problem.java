package dev.salver.reconciler.source;

/**
 * What is wrong, and where.
 *
 * @param file relative to the path that is applied; empty where it is not about a file
 * @param line counted from 1; 0 where no line can be told
 */
public record Problem(String file, int line, String message) {
  /** {@code iris.yaml:3: message}, as people read it. */
  @Override
  public String toString() {
    if (file.isEmpty()) {
      return message;
    }
    return file + (line > 0 ? ":" + line : "") + ": " + message;
  }
}
