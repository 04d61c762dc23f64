package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.workspace.Workspace;
import dev.salver.cli.workspace.WorkspaceLock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code salver down}: ends the {@code up} of a folder as Ctrl-C would. */
final class DownCommand implements Command {
  private final Terminal terminal;

  private final ProjectFolder folder = new ProjectFolder();

  private int timeout = 60;

  DownCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Stop what `salver up` runs for a project.",
        "",
        "Requests under way are answered first. What was deployed is kept in .salver/ and comes back",
        "with the next `up`. Does nothing where nothing runs.",
        "");
  }

  @Override
  public void takes(Options options) {
    folder.declare(options);
    options.value(
        "--timeout",
        "SECONDS",
        Integer.class,
        value -> timeout = value,
        "How long to wait for it to end (default: " + timeout + ").");
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
