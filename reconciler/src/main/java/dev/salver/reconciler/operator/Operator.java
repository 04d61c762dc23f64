package dev.salver.reconciler.operator;

import dev.salver.kube.run.Scheduler;
import dev.salver.reconciler.cluster.Cluster;
import java.time.Duration;

/**
 * A running reconciler: Git into the cluster, and InferenceServices into what runs them.
 *
 * <p>All blocking work is on the scheduler's threads. Closing stops new passes; the cluster and the
 * scheduler stay the caller's.
 */
public final class Operator implements AutoCloseable {
  private final Informers informers;
  private final GitLoop git;
  private final Reporter reporter;

  private Operator(Informers informers, GitLoop git, Reporter reporter) {
    this.informers = informers;
    this.git = git;
    this.reporter = reporter;
  }

  /**
   * Starts; returns at once.
   *
   * @throws IllegalArgumentException where the repository's address or branch cannot be one
   * @throws dev.salver.git.GitException where the mirror's folder cannot be used
   */
  public static Operator start(
      Cluster cluster,
      OperatorOptions options,
      Scheduler scheduler,
      OperatorListener listener,
      Leadership leadership) {
    var reporter = new Reporter(listener);
    var informers =
        new Informers(
            cluster,
            scheduler,
            why ->
                reporter.retrying(
                    "watching the cluster", new IllegalStateException(why), Duration.ZERO));
    var git = new GitLoop(cluster, options, scheduler, informers, leadership, reporter);
    git.start();
    return new Operator(informers, git, reporter);
  }

  /** Looks at the branch now, and tries again what failed. */
  public void poke() {
    git.poke();
  }

  /** How far it is; cheap. */
  public OperatorStatus status() {
    return reporter.status();
  }

  @Override
  public void close() {
    git.close();
    informers.close();
  }
}
