package dev.salver.cli;

import dev.salver.cli.terminal.Terminal;
import dev.salver.kube.run.SystemScheduler;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.cluster.ClusterException;
import dev.salver.reconciler.cluster.KubeCluster;
import dev.salver.reconciler.operator.Happening;
import dev.salver.reconciler.operator.Operator;
import dev.salver.reconciler.operator.OperatorOptions;
import dev.salver.reconciler.operator.OperatorStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code salver reconcile}: keeps a cluster as a Git repository says. */
final class ReconcileCommand implements Command {
  private final Terminal terminal;

  private @Nullable Path kubeconfig;

  private String context = "";

  private String repository = "";

  private String branch = "main";

  private String path = "";

  private @Nullable Path mirror;

  private int pollSeconds = 30;

  private OperatorOptions.Serving serving = OperatorOptions.Serving.UNLESS_KSERVE_RUNS;

  ReconcileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public List<String> help() {
    return List.of(
        "Keep a cluster as a Git repository says.",
        "",
        "Mirrors the branch, applies the manifests under the path by server-side apply (field manager",
        "salver-git), deletes what went away, and turns InferenceServices into Deployments or Knative",
        "Services (field manager salver-serving) unless KServe's own controller runs there.",
        "Runs until it is stopped.",
        "");
  }

  @Override
  public void takes(Options options) {
    options
        .value(
            "--kubeconfig",
            "FILE",
            Path.class,
            value -> kubeconfig = value,
            "The cluster (default: the one whose pod this is).")
        .value(
            "--context",
            "<context>",
            String.class,
            value -> context = value,
            "A context of the kubeconfig (default: its current).")
        .required("--repo", "URL", value -> repository = value, "https://…, file:///… or a folder.")
        .value(
            "--branch",
            "<branch>",
            String.class,
            value -> branch = value,
            "The branch (default: " + branch + ").")
        .value(
            "--path",
            "<path>",
            String.class,
            value -> path = value,
            "The folder in the repository (default: all of it).")
        .value(
            "--mirror",
            "FOLDER",
            Path.class,
            value -> mirror = value,
            "Where to keep the mirror (default: a temporary folder).")
        .value(
            "--poll",
            "SECONDS",
            Integer.class,
            value -> pollSeconds = value,
            "How often to look at the branch (default: " + pollSeconds + ").")
        .value(
            "--serving",
            "<serving>",
            OperatorOptions.Serving.class,
            value -> serving = value,
            "Whether to render InferenceServices: off, unless_kserve_runs, always (default: "
                + "unless_kserve_runs).");
  }

  @Override
  public Integer call() throws Exception {
    if (pollSeconds < 1) {
      throw CommandFailure.usage("--poll is in seconds and at least 1, not " + pollSeconds);
    }
    OperatorOptions options =
        OperatorOptions.of(repository, branch, path, mirrorFolder())
            .withPoll(Duration.ofSeconds(pollSeconds))
            .withServing(serving);
    var ended = new CountDownLatch(1);
    var stop = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> {
                      stop.countDown();
                      await(ended, Duration.ofSeconds(20));
                    }));
    try (Cluster cluster = cluster();
        var scheduler = new SystemScheduler();
        Operator operator = Operator.start(cluster, options, scheduler, this::tell)) {
      stop.await();
      OperatorStatus last = operator.status();
      terminal.step("stopped", last.isSettled() ? "at " + shortened(last.commitApplied()) : "");
    } catch (ClusterException e) {
      throw CommandFailure.outside(String.valueOf(e.getMessage()));
    } finally {
      ended.countDown();
    }
    return Exit.INTERRUPTED;
  }

  private Cluster cluster() {
    return kubeconfig == null
        ? KubeCluster.inCluster()
        : KubeCluster.fromKubeconfig(kubeconfig, context);
  }

  private Path mirrorFolder() throws IOException {
    return mirror != null ? mirror : Files.createTempDirectory("salver-mirror");
  }

  private void tell(Happening happening) {
    switch (happening) {
      case Happening.CommitTaken(String commit, int objects) ->
          terminal.step("commit", shortened(commit) + ", " + Diagnosis.plural(objects, "object"));
      case Happening.CommitRefused(String commit, var problems) -> {
        terminal.problem("commit " + shortened(commit) + " is not applied; the one before stays");
        problems.forEach(problem -> terminal.err().println("  " + problem));
      }
      case Happening.CommitApplied(String commit) -> terminal.step("applied", shortened(commit));
      case Happening.ObjectChanged(var outcome) ->
          terminal.step(
              outcome.state().name().toLowerCase(java.util.Locale.ROOT),
              outcome.key() + (outcome.message().isEmpty() ? "" : ": " + outcome.message()));
      case Happening.ChildChanged(var service, var child, boolean deleted) ->
          terminal.step(deleted ? "deleted" : "rendered", child + " of " + service.name());
      case Happening.Retrying(String what, String why, Duration in) ->
          terminal.problem(what + ": " + why + "; again in " + Terminal.seconds(in));
      case Happening.ServingSwitched(String why) ->
          terminal.step("serving", why.isEmpty() ? "InferenceServices" : "off: " + why);
    }
  }

  private static String shortened(String commit) {
    return commit.length() > 10 ? commit.substring(0, 10) : commit;
  }

  private static void await(CountDownLatch latch, Duration patience) {
    try {
      latch.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
