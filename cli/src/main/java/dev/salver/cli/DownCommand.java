package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.workspace.Workspace;
import dev.salver.cli.workspace.WorkspaceLock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code salver down}: ends the {@code up} of a folder as Ctrl-C would. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = {
      "Stop what `salver up` runs for a project.",
      "",
      "Requests under way are answered first. What was deployed is kept in .salver/ and comes back",
      "with the next `up`. Does nothing where nothing runs.",
      ""
    })
final class DownCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private ProjectFolder folder = new ProjectFolder();

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for it to end (default: ${DEFAULT-VALUE}).",
      defaultValue = "60")
  private int timeout;

  DownCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    var workspace = new Workspace(folder.resolve());
    Optional<WorkspaceLock.Holder> holder = WorkspaceLock.holder(workspace);
    if (holder.isEmpty()) {
      terminal.step("stopped", "nothing ran for " + workspace.project());
      return Exit.DONE;
    }
    long pid = holder.get().pid();
    ProcessHandle process =
        ProcessHandle.of(pid)
            .orElseThrow(
                () ->
                    CommandFailure.outside(
                        "the folder is in use, but by no process " + pid + "; try again"));
    long started = System.nanoTime();
    process.destroy();
    try {
      process.onExit().get(timeout, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw CommandFailure.outside(
          "process "
              + pid
              + " still runs after "
              + timeout
              + " s; it may be answering a long request (kill -9 "
              + pid
              + " ends it, the next start tidies up)");
    } catch (ExecutionException e) {
      throw CommandFailure.outside(String.valueOf(e.getMessage()));
    }
    terminal.step(
        "stopped",
        "process "
            + pid
            + " in "
            + Terminal.seconds(Duration.ofNanos(System.nanoTime() - started)));
    return Exit.DONE;
  }
}
