package dev.salver.cli.terminal;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;

/** Standard output and error, coloured where a person reads them. */
public record Terminal(PrintStream out, PrintStream err, boolean coloured) {
  /**
   * The process's own streams. The launcher says in {@code salver.tty} whether both are a terminal,
   * because asking the JDK loads a line editor; {@code NO_COLOR} is honoured.
   */
  public static Terminal system() {
    boolean person = Boolean.getBoolean("salver.tty") && System.getenv("NO_COLOR") == null;
    return new Terminal(System.out, System.err, person);
  }

  public String bold(String text) {
    return styled("1", text);
  }

  public String dim(String text) {
    return styled("2", text);
  }

  public String green(String text) {
    return styled("32", text);
  }

  public String yellow(String text) {
    return styled("33", text);
  }

  public String red(String text) {
    return styled("31", text);
  }

  /** One line of progress: what happened, padded so that the details stand in a column. */
  public void step(String what, String details) {
    out.println(green(String.format(Locale.ROOT, "%-10s", what)) + " " + details);
    out.flush();
  }

  /** One line of what went wrong, on standard error. */
  public void problem(String what) {
    err.println(red("error") + " " + what);
    err.flush();
  }

  /** {@code 0.84 s}, {@code 12.3 s}, {@code 3 min 20 s}. */
  public static String seconds(Duration duration) {
    double seconds = duration.toMillis() / 1000.0;
    if (seconds >= 120) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return String.format(Locale.ROOT, seconds < 10 ? "%.2f s" : "%.1f s", seconds);
  }

  private String styled(String code, String text) {
    return coloured ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
