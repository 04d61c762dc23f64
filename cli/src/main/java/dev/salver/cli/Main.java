package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.compiler.Compiler;
import dev.salver.git.GitException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** {@code salver COMMAND [DIR]}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    Terminal terminal = Terminal.system();
    int code = run(terminal, args);
    if (Commands.endWithTheirThread(args)) {
      // An exit in order searches every jar for a logger that wants to hear of it.
      terminal.out().flush();
      terminal.err().flush();
      Runtime.getRuntime().halt(code);
    }
    System.exit(code);
  }

  /** Runs one command line; the result is its exit code. */
  public static int run(Terminal terminal, String... args) {
    if (Commands.needCompiler(args)) {
      Compiler.readAhead();
    }
    CommandLine line = Commands.reading(terminal, args);
    line.setExecutionExceptionHandler((e, failed, parsed) -> report(terminal, e));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            terminal.coloured() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    return line.execute(args);
  }

  private static int report(Terminal terminal, Exception e) {
    switch (e) {
      case CommandFailure failure -> {
        terminal.problem(String.valueOf(failure.getMessage()));
        return failure.exitCode();
      }
      case GitException git -> terminal.problem(String.valueOf(git.getMessage()));
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
