package dev.salver.compiler.testing;

import dev.salver.compiler.source.Span;
import java.util.List;

/**
 * What running a test came to.
 *
 * @param failures none where everything is as expected
 */
public record TestResult(String name, Span at, List<Failure> failures) {
  public TestResult {
    failures = List.copyOf(failures);
  }

  public boolean passed() {
    return failures.isEmpty();
  }

  /**
   * An expectation that does not hold.
   *
   * @param message one line
   * @param details the expression with its values below it, or a difference; may be none
   */
  public record Failure(Span at, String message, List<String> details) {
    public Failure {
      details = List.copyOf(details);
    }
  }
}
