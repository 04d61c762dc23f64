package dev.salver.cli.up;

import dev.salver.cli.CommandFailure;
import dev.salver.cli.Diagnosis;
import dev.salver.cli.Exit;
import dev.salver.cli.terminal.Terminal;
import dev.salver.cli.view.ServiceTable;
import dev.salver.cli.view.ServiceView;
import dev.salver.cli.workspace.Blobs;
import dev.salver.cli.workspace.SourceWatch;
import dev.salver.cli.workspace.Workspace;
import dev.salver.cli.workspace.WorkspaceLock;
import dev.salver.compiler.Output;
import dev.salver.compiler.Program;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.git.BareRepository;
import dev.salver.git.CommitResult;
import dev.salver.git.GitException;
import dev.salver.reconciler.operator.Happening;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code salver up}: sources to manifests to Git to a cluster on this machine, and again on every
 * change, until it is stopped.
 */
public final class Up {
  private static final Duration CLOSING = Duration.ofSeconds(40);
  private static final Duration WORTH_TELLING = Duration.ofSeconds(1);

  private final Terminal terminal;
  private final UpOptions options;
  private final Workspace workspace;
  private final Release release;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Shown shown;
  private volatile Wanted wanted = new Wanted(0, "");

  public Up(Terminal terminal, UpOptions options) {
    this.terminal = terminal;
    this.options = options;
    this.workspace = new Workspace(options.project());
    this.release =
        new Release(options.project(), options.environment(), new Blobs(workspace.blobs()));
    this.shown = new Shown(terminal, options);
  }

  /** Runs until it is stopped; the result is the exit code. */
  public int run() throws Exception {
    Program program = release.check();
    if (program.hasErrors(options.environment())) {
      Diagnosis.show(terminal, program.diagnostics(options.environment()));
      return Exit.REFUSED;
    }
    try (WorkspaceLock lock = lock()) {
      lock.describe(holder(0));
      return untilStopped(() -> serve(program, lock));
    }
  }

  /** A signal ends the JVM only after the work has ended in order. */
  private int untilStopped(Callable<Integer> work) throws Exception {
    var ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      stop.countDown();
                      await(ended, CLOSING);
                    }));
    try {
      return work.call();
    } finally {
      ended.countDown();
    }
  }

  private int serve(Program program, WorkspaceLock lock) throws Exception {
    try (LocalCluster cluster = LocalCluster.start(workspace, options, this::heard);
        BareRepository repository = live()) {
      lock.describe(holder(cluster.gatewayPort()));
      Release.Compiled compiled = release.compile(program);
      if (compiled.output().hasErrors()) {
        Diagnosis.show(terminal, compiled.output().diagnostics());
        return Exit.REFUSED;
      }
      shown.checked(compiled);
      CommitResult commit = commit(repository, compiled.output());
      shown.committed(commit);
      wanted = new Wanted(Served.here(compiled.output()).size(), commit.id());
      cluster.reconcile(compiled.output().namespace());
      return follow(cluster, repository, compiled.output());
    }
  }

  private BareRepository live() {
    try {
      return BareRepository.open(workspace.liveRepository());
    } catch (GitException e) {
      throw damaged(e);
    }
  }

  private CommitResult commit(BareRepository repository, Output output) {
    try {
      return release.commit(repository, output);
    } catch (GitException e) {
      throw damaged(e);
    }
  }

  private CommandFailure damaged(GitException why) {
    return CommandFailure.outside(
        why.getMessage()
            + "; it holds nothing that the sources do not say: remove "
            + workspace.liveRepository()
            + " and run `salver up` again");
  }

  private int follow(LocalCluster cluster, BareRepository repository, Output first)
      throws Exception {
    try (Followed followed = Followed.start(cluster.api(), terminal, shown::place);
        var asking = new Asking(options.project(), cluster.gatewayPort());
        SourceWatch _ =
            SourceWatch.start(
                options.project(), release::imported, () -> again(cluster, repository))) {
      terminal.step("waiting", "for " + names(first));
      boolean settled =
          new Settling(terminal, cluster, followed, () -> wanted)
              .await(options.patience(), () -> stop.getCount() == 0);
      int code = answer(followed, asking) && settled ? Exit.DONE : Exit.REFUSED;
      if (options.untilReady()) {
        return code;
      }
      followed.talk();
      cluster.onAwakened(followed::awakened);
      terminal
          .out()
          .println(terminal.dim("\nfollowing " + shown.project() + "; Ctrl-C stops it all"));
      stop.await();
      terminal.out().println();
      terminal.step("stopping", "requests under way are answered first");
      return Exit.INTERRUPTED;
    }
  }

  /** Shows what stands, after one request to each service that runs. */
  private boolean answer(Followed followed, Asking asking) throws InterruptedException {
    boolean all = true;
    for (ServiceView view : followed.views()) {
      if (!view.ready() || view.pods() == 0) {
        continue;
      }
      try {
        Asking.Answer answer = asking.ask(view.namespace(), view.name(), options.patience());
        if (answer.status() == 200) {
          terminal.step(
              "answers",
              view.name()
                  + ", "
                  + Terminal.seconds(Duration.between(options.commanded(), Instant.now()))
                  + " after the command");
        } else {
          all = false;
          terminal.problem(view.name() + " answered " + answer.status() + ": " + answer.body());
        }
      } catch (IOException e) {
        all = false;
        terminal.problem(view.name() + " did not answer: " + e.getMessage());
      }
    }
    terminal.out().println();
    ServiceTable.print(terminal, followed.views(), shown::place);
    hint(followed.views(), asking);
    return all;
  }

  private void hint(List<ServiceView> views, Asking asking) throws InterruptedException {
    for (ServiceView view : views) {
      if (view.ready()) {
        try {
          terminal
              .out()
              .println("\ntry it:\n  " + terminal.bold(asking.curl(view.namespace(), view.name())));
        } catch (IOException e) {
          terminal.problem(view.name() + " did not say what it takes: " + e.getMessage());
        }
        return;
      }
    }
  }

  /** The sources changed: a mistake is shown, anything else is committed and applied. */
  private void again(LocalCluster cluster, BareRepository repository) {
    try {
      Program program = release.check();
      Release.Compiled compiled = release.compile(program);
      if (compiled.output().hasErrors()) {
        refused(compiled.output().diagnostics());
        return;
      }
      CommitResult result = release.commit(repository, compiled.output());
      if (result instanceof CommitResult.Committed) {
        terminal.out().println();
        shown.checked(compiled);
        shown.committed(result);
        wanted = new Wanted(Served.here(compiled.output()).size(), result.id());
        cluster.reconcile(compiled.output().namespace());
      }
    } catch (IOException | RuntimeException e) {
      terminal.problem("the change could not be applied: " + e.getMessage());
    }
  }

  /** What the reconciler could not do; what it did is seen on the services themselves. */
  private void heard(Happening happening) {
    switch (happening) {
      case Happening.CommitRefused(String commit, var problems) ->
          problems.forEach(problem -> terminal.problem("not applied: " + problem));
      case Happening.ObjectChanged(var outcome) -> {
        switch (outcome.state()) {
          case CONTESTED, REFUSED, FAILED ->
              terminal.problem(outcome.key() + ": " + outcome.message());
          case APPLIED, WAITING, DELETING, GONE -> {}
        }
      }
      case Happening.Retrying(String what, String why, Duration in) -> {
        // The first tries are over before anybody has read of them.
        if (in.compareTo(WORTH_TELLING) >= 0) {
          terminal.step("retrying", what + " in " + Terminal.seconds(in) + ": " + why);
        }
      }
      case Happening.CommitTaken taken -> {}
      case Happening.CommitApplied applied -> {}
      case Happening.ChildChanged child -> {}
      case Happening.ServingSwitched serving -> {}
    }
  }

  private void refused(List<Diagnostic> diagnostics) {
    terminal.out().println();
    Diagnosis.show(terminal, diagnostics);
    terminal.problem(Diagnosis.count(diagnostics) + "; nothing was applied, what runs goes on");
  }

  private WorkspaceLock lock() throws IOException {
    try {
      workspace.create();
    } catch (IOException e) {
      throw CommandFailure.outside(
          "can't write to "
              + workspace.folder()
              + " ("
              + e.getMessage()
              + "); `up` keeps its state there, so the folder must be yours to write");
    }
    return WorkspaceLock.acquire(workspace)
        .orElseThrow(
            () ->
                CommandFailure.outside(
                    "`salver up` already runs here"
                        + pid()
                        + "; see it with `salver status`, stop it with `salver down`"));
  }

  private String pid() {
    try {
      return WorkspaceLock.holder(workspace)
          .map(holder -> " (process " + holder.pid() + ")")
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  private WorkspaceLock.Holder holder(int port) {
    return new WorkspaceLock.Holder(ProcessHandle.current().pid(), options.environment(), port);
  }

  private static String names(Output output) {
    return String.join(", ", Served.here(output));
  }

  private static void await(CountDownLatch latch, Duration patience) {
    try {
      latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
