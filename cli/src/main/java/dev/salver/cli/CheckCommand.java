package dev.salver.cli;

import dev.salver.cli.imports.Sources;
import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.Compiler;
import dev.salver.compiler.Program;
import dev.salver.compiler.cost.Cost;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.JsonReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** {@code salver check}: every diagnostic of a project, for every environment. */
final class CheckCommand implements Command {
  private final Terminal terminal;

  private final ProjectFolder folder = new ProjectFolder();

  private ReportFormat format = ReportFormat.TEXT;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Check a project: names, types, settings, each environment.",
        "",
        "Needs no network and no cluster, and writes nothing. Exit code 1 when there are errors; "
            + "warnings alone are no failure.",
        "",
        "What the accelerators of an environment cost a month is shown where they have prices; as JSON "
            + "it is \"monthlyCost\": {ENV: {\"least\": DOLLARS, \"most\": DOLLARS}}.",
        "");
  }

  @Override
  public void takes(Options options) {
    folder.declare(options);
    options.value(
        "--format",
        "<format>",
        ReportFormat.class,
        value -> format = value,
        "text, json, sarif or github (default: text)");
  }

  @Override
  public Integer call() throws Exception {
    Path project = folder.resolve();
    Program program = Sources.check(project);
    var found = new ArrayList<>(program.diagnostics());
    found.addAll(Compiler.lint(program));
    found.sort(Diagnostic.ORDER);
    boolean refused = found.stream().anyMatch(Diagnostic::isError);
    if (format == ReportFormat.JSON) {
      json(found, refused ? new TreeMap<>() : costs(program));
    } else {
      Diagnosis.show(terminal, format, project, found);
    }
    if (format == ReportFormat.TEXT) {
      summary(program, found, refused);
    }
    return refused ? Exit.REFUSED : Exit.DONE;
  }

  private void summary(Program program, List<Diagnostic> found, boolean refused) {
    String counted = Diagnosis.count(found);
    String what =
        Diagnosis.plural(program.fileCount(), "file")
            + ", "
            + Diagnosis.plural(program.modelCount(), "model")
            + ", "
            + Diagnosis.plural(program.environments().size(), "environment");
    if (refused) {
      terminal.err().println("\n" + terminal.red(counted) + " in " + what);
      String fixable = Diagnosis.fixable(found);
      if (!fixable.isEmpty()) {
        terminal.err().println(fixable);
      }
    } else {
      terminal.step("checked", what + (counted.isEmpty() ? "" : "; " + terminal.yellow(counted)));
      costs(program)
          .forEach(
              (environment, monthly) ->
                  terminal.step("costs", environment + ": " + monthly + " a month"));
    }
  }

  private void json(List<Diagnostic> found, SortedMap<String, Cost> costs) {
    var beside = new TreeMap<String, String>();
    if (!costs.isEmpty()) {
      beside.put(
          "monthlyCost",
          costs.entrySet().stream()
              .map(cost -> "\"" + cost.getKey() + "\": " + cost.getValue().json())
              .collect(Collectors.joining(", ", "{", "}")));
    }
    terminal.out().println(JsonReport.render(found, beside));
    terminal.out().flush();
  }

  /** Of a month; without environments that have no accelerators, or one that has no price. */
  private static SortedMap<String, Cost> costs(Program program) {
    var costs = new TreeMap<String, Cost>();
    for (String environment : program.environments()) {
      program
          .cost(environment)
          .map(cost -> cost.total().monthly())
          .filter(monthly -> monthly.isKnown() && !monthly.isNothing())
          .ifPresent(monthly -> costs.put(environment, monthly));
    }
    return costs;
  }
}
