package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.up.Up;
import dev.salver.cli.up.UpOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** {@code salver up}: a project, running on this machine. */
final class UpCommand implements Command {
  private final Terminal terminal;

  private final ProjectFolder folder = new ProjectFolder();

  private String environment = "local";

  private int port = 8080;

  private boolean untilReady;

  private int timeout = 120;

  UpCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Run a project on this machine, and follow its files.",
        "",
        "Checks and compiles it, commits the manifests to a Git repository in .salver/, applies them to",
        "a Kubernetes API on loopback, and runs the models as processes. An edit is applied; a mistake",
        "is shown and what runs goes on. Ctrl-C ends it all.",
        "",
        "While it runs: salver status, salver logs MODEL, salver down, and",
        "kubectl --kubeconfig DIR/.salver/kubeconfig.",
        "");
  }

  @Override
  public void takes(Options options) {
    folder.declare(options);
    options
        .value(
            "--env",
            "ENV",
            String.class,
            value -> environment = value,
            "The environment to run (default: " + environment + ").")
        .value(
            "--port",
            "PORT",
            Integer.class,
            value -> port = value,
            "Where services answer; 0 for any free port (default: " + port + ").")
        .flag(
            "--until-ready",
            value -> untilReady = value,
            "End once every service has answered; exit code 1 when one does not.")
        .value(
            "--timeout",
            "SECONDS",
            Integer.class,
            value -> timeout = value,
            "How long to wait for services to get ready (default: " + timeout + ").");
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
