package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.up.Up;
import dev.salver.cli.up.UpOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salver up}: a project, running on this machine. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Run a project on this machine, and follow its files.",
      "",
      "Checks and compiles it, commits the manifests to a Git repository in .salver/, applies them to",
      "a Kubernetes API on loopback, and runs the models as processes. An edit is applied; a mistake",
      "is shown and what runs goes on. Ctrl-C ends it all.",
      "",
      "While it runs: salver status, salver logs MODEL, salver down, and",
      "kubectl --kubeconfig DIR/.salver/kubeconfig.",
      ""
    })
final class UpCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProjectFolder folder = new ProjectFolder();

  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = "The environment to run (default: ${DEFAULT-VALUE}).")
  private String environment = "local";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Where services answer; 0 for any free port (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Option(
      names = "--until-ready",
      description = "End once every service has answered; exit code 1 when one does not.")
  private boolean untilReady;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for services to get ready (default: ${DEFAULT-VALUE}).")
  private int timeout = 120;

  UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    if (port < 0 || port > 65_535) {
      throw CommandFailure.usage("--port is between 0 and 65535, not " + port);
    }
    if (timeout < 1) {
      throw CommandFailure.usage("--timeout is in seconds and at least 1, not " + timeout);
    }
    Instant commanded = ProcessHandle.current().info().startInstant().orElseGet(Instant::now);
    return new Up(
            terminal,
            new UpOptions(
                folder.resolve(),
                environment,
                port,
                untilReady,
                Duration.ofSeconds(timeout),
                commanded))
        .run();
  }
}
