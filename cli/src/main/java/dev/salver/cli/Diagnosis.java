package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.GithubReport;
import dev.salver.compiler.diagnostic.JsonReport;
import dev.salver.compiler.diagnostic.SarifReport;
import dev.salver.compiler.diagnostic.TextReport;
import java.nio.file.Path;
import java.util.List;

/** Shows diagnostics: people read them on standard error, programs on standard output. */
public final class Diagnosis {
  private Diagnosis() {}

  /**
   * In one of the forms.
   *
   * @param folder that the diagnostics' paths count from
   */
  static void show(
      Terminal terminal, ReportFormat format, Path folder, List<Diagnostic> diagnostics) {
    switch (format) {
      case TEXT -> show(terminal, diagnostics);
      case JSON -> terminal.out().println(JsonReport.render(diagnostics));
      case SARIF -> terminal.out().println(SarifReport.render(diagnostics, fromHere(folder)));
      case GITHUB -> terminal.out().print(GithubReport.render(diagnostics, fromHere(folder)));
    }
    terminal.out().flush();
  }

  /** {@code 3 of these have a fix: salver fix}; empty where none has. */
  static String fixable(List<Diagnostic> diagnostics) {
    long count =
        diagnostics.stream().filter(each -> each.fixes().stream().anyMatch(Fix::safe)).count();
    if (count == 0) {
      return "";
    }
    String of =
        count == diagnostics.size()
            ? count == 1 ? "it has a fix" : "all of these have a fix"
            : count + " of these " + (count == 1 ? "has" : "have") + " a fix";
    return of + ": salver fix";
  }

  /** Paths in reports of code hosts count from the repository's folder, where jobs run. */
  private static String fromHere(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    Path there = folder.toAbsolutePath().normalize();
    if (!there.startsWith(here) || there.equals(here)) {
      return "";
    }
    return here.relativize(there).toString().replace('\\', '/') + "/";
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
                  : isFix(line.stripLeading()) ? terminal.green(line) : line);
    }
    return out.toString();
  }

  private static boolean isFix(String line) {
    return line.startsWith("fix:") || line.startsWith("suggestion:");
  }
}
