package dev.salver.git;

/** One path that differs between two commits. */
public record Change(String path, Kind kind) {
  /** How it differs. */
  public enum Kind {
    ADDED,
    MODIFIED,
    DELETED
  }
}
