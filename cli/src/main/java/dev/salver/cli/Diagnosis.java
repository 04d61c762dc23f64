package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.JsonReport;
import dev.salver.compiler.diagnostic.TextReport;
import java.util.List;

/** Shows diagnostics: people read them on standard error, scripts get JSON on standard output. */
public final class Diagnosis {
  private Diagnosis() {}

  static void show(Terminal terminal, Format format, List<Diagnostic> diagnostics) {
    switch (format) {
      case JSON -> terminal.out().println(JsonReport.render(diagnostics));
      case TEXT -> show(terminal, diagnostics);
    }
  }

  /** The text form alone; prints nothing where nothing is wrong. */
  public static void show(Terminal terminal, List<Diagnostic> diagnostics) {
    if (!diagnostics.isEmpty()) {
      terminal.err().print(coloured(terminal, TextReport.render(diagnostics)));
      terminal.err().flush();
    }
  }

  /** {@code 2 errors, 1 warning}; empty where nothing is wrong. */
  public static String count(List<Diagnostic> diagnostics) {
    long errors = diagnostics.stream().filter(Diagnostic::isError).count();
    long others = diagnostics.size() - errors;
    String counted = errors == 0 ? "" : plural(errors, "error");
    return others == 0
        ? counted
        : counted + (counted.isEmpty() ? "" : ", ") + plural(others, "warning");
  }

  /** {@code 1 file}, {@code 2 files}. */
  public static String plural(long count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }

  private static String coloured(Terminal terminal, String report) {
    if (!terminal.coloured()) {
      return report;
    }
    var out = new StringBuilder();
    for (String line : report.split("\n", -1)) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      out.append(
          line.startsWith("error[")
              ? terminal.red(line)
              : line.startsWith("warning[")
                  ? terminal.yellow(line)
                  : line.stripLeading().startsWith("fix:") ? terminal.green(line) : line);
    }
    return out.toString();
  }
}
