package dev.salver.cli;

import dev.salver.cli.imports.Sources;
import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.Program;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salver check}: every diagnostic of a project, for every environment. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Check a project: names, types, settings, each environment.",
      "",
      "Needs no network and no cluster, and writes nothing. Exit code 1 when there are errors; "
          + "warnings alone are no failure.",
      ""
    })
final class CheckCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProjectFolder folder = new ProjectFolder();

  @Option(names = "--format", description = "text or json (default: text)")
  private Format format = Format.TEXT;

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    Path project = folder.resolve();
    Program program = Sources.check(project);
    Diagnosis.show(terminal, format, program.diagnostics());
    if (format == Format.TEXT) {
      summary(program);
    }
    return program.hasErrors() ? Exit.REFUSED : Exit.DONE;
  }

  private void summary(Program program) {
    String counted = Diagnosis.count(program.diagnostics());
    String what =
        Diagnosis.plural(program.fileCount(), "file")
            + ", "
            + Diagnosis.plural(program.modelCount(), "model")
            + ", "
            + Diagnosis.plural(program.environments().size(), "environment");
    if (program.hasErrors()) {
      terminal.err().println("\n" + terminal.red(counted) + " in " + what);
    } else {
      terminal.step("checked", what + (counted.isEmpty() ? "" : "; " + terminal.yellow(counted)));
      program.environments().forEach(environment -> cost(program, environment));
    }
  }

  /** Nothing where there are no accelerators, or where one has no price. */
  private void cost(Program program, String environment) {
    program
        .cost(environment)
        .map(cost -> cost.total().monthly())
        .filter(monthly -> monthly.isKnown() && !monthly.isNothing())
        .ifPresent(monthly -> terminal.step("costs", environment + ": " + monthly + " a month"));
  }
}
