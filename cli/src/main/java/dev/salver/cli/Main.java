package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.Compiler;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code salver COMMAND [DIR]}. */
@Command(
    name = "salver",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    header = "Model serving on Kubernetes from a small language.",
    description = {
      "",
      "A project is a folder of .serve files with one `project` declaration. Start with:",
      "",
      "  salver up examples/quickstart      run a project on this machine",
      "  salver check                       what is wrong with the project around here",
      "  salver test                        its tests, with the real models",
      "  salver compile --env prod          the manifests that a cluster would get",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:the program or a gate says no",
      "2:wrong usage",
      "3:something outside failed: network, disk, cluster, a port",
      "130:interrupted"
    },
    commandListHeading = "%nCommands:%n")
public final class Main implements Runnable {
  private static final int HELP_WIDTH = 100;

  @CommandLine.Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandLine.Model.CommandSpec spec;

  public static void main(String[] args) {
    System.exit(run(Terminal.system(), args));
  }

  /** Runs one command line; the result is its exit code. */
  public static int run(Terminal terminal, String... args) {
    if (Commands.needCompiler(args)) {
      Compiler.readAhead();
    }
    CommandLine line = Commands.reading(terminal, args);
    line.setExecutionExceptionHandler((e, failed, parsed) -> report(terminal, e));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpWidth(HELP_WIDTH);
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.coloured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return line.execute(args);
  }

  /** No command: say what there is. */
  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private static int report(Terminal terminal, Exception e) {
    switch (e) {
      case CommandFailure failure -> {
        terminal.problem(String.valueOf(failure.getMessage()));
        return failure.exitCode();
      }
      case NoSuchFileException missing -> terminal.problem(missing.getFile() + ": no such file");
      case AccessDeniedException denied ->
          terminal.problem(denied.getFile() + ": permission denied");
      case FileSystemException file when file.getReason() != null ->
          terminal.problem(file.getFile() + ": " + file.getReason());
      case FileSystemException file ->
          terminal.problem(file.getFile() + " can't be read or written");
      case IOException io -> terminal.problem(String.valueOf(io.getMessage()));
      default -> {
        terminal.problem("internal error, please report it: " + e);
        if (System.getenv("SALVER_DEBUG") != null) {
          e.printStackTrace(terminal.err());
        } else {
          terminal.err().println("(SALVER_DEBUG=1 shows where)");
        }
      }
    }
    return Exit.OUTSIDE;
  }
}
