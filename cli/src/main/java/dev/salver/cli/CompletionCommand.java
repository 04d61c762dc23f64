package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import picocli.CommandLine.Command;

/** Prints a completion script. */
@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Print a completion script for bash and zsh.",
      "",
      "  source <(salver completion)",
      ""
    })
final class CompletionCommand implements Runnable {
  private final Terminal terminal;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    terminal.out().print(Commands.completion(terminal));
  }
}
