package dev.salver.cli.testing;

import java.time.Duration;
import java.util.List;

/**
 * What became of a test or a snapshot, for reports.
 *
 * @param place {@code file:line:column}; for a snapshot its folder
 * @param failures none where it passed
 */
public record CaseResult(
    String name, String environment, Place place, Duration took, List<Failure> failures) {
  public CaseResult {
    failures = List.copyOf(failures);
  }

  public boolean passed() {
    return failures.isEmpty();
  }

  /**
   * @param line from 1; 0 for a file as a whole
   */
  public record Place(String file, int line, int column) {
    @Override
    public String toString() {
      return line == 0 ? file : file + ":" + line + ":" + column;
    }
  }

  /**
   * @param message one line
   * @param details lines below it
   */
  public record Failure(Place place, String message, List<String> details) {
    public Failure {
      details = List.copyOf(details);
    }
  }
}
