package dev.salver.cli.testing;

import dev.salver.cli.terminal.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Results for people: a line each as they come, what failed below it. */
public final class TextReport {
  /** Shorter ones are noise, and differ from run to run. */
  private static final Duration SLOW = Duration.ofMillis(100);

  private final Terminal terminal;
  private final PrintStream out;

  /**
   * @param out where it goes
   */
  public TextReport(Terminal terminal, PrintStream out) {
    this.terminal = terminal;
    this.out = out;
  }

  public void show(CaseResult result) {
    String took =
        result.took().compareTo(SLOW) > 0
            ? terminal.dim("  " + Terminal.seconds(result.took()))
            : "";
    String on = result.environment().equals("local") ? "" : " on " + result.environment();
    String word = String.format(Locale.ROOT, "%-10s", result.passed() ? "passed" : "failed");
    out.println(
        (result.passed() ? terminal.green(word) : terminal.red(word))
            + " "
            + result.name()
            + terminal.dim(on)
            + took);
    for (CaseResult.Failure failure : result.failures()) {
      out.println("  " + terminal.bold(failure.place().toString()) + ": " + failure.message());
      failure.details().forEach(line -> out.println(("    " + line).stripTrailing()));
      out.println();
    }
    out.flush();
  }

  /** {@code 5 tests passed, 1 failed}. */
  public void summary(List<CaseResult> results) {
    long passed = Report.passed(results);
    long failed = results.size() - passed;
    String counted = passed + (passed == 1 ? " test" : " tests") + " passed";
    out.println(
        failed == 0
            ? "\n" + terminal.green(counted)
            : "\n" + counted + ", " + terminal.red(failed + " failed"));
    out.flush();
  }
}
