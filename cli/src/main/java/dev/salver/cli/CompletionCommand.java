package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import java.util.List;

/** Prints a completion script. */
final class CompletionCommand implements Command {
  private final Terminal terminal;

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Print a completion script for bash and zsh.", "", "  source <(salver completion)", "");
  }

  @Override
  public void takes(Options options) {}

  @Override
  public Integer call() {
    terminal.out().print(Commands.completion(terminal));
    return Exit.DONE;
  }
}
