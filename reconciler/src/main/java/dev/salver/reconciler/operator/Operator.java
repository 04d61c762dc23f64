package dev.salver.reconciler.operator;

import dev.salver.kube.run.Scheduler;
import dev.salver.reconciler.cluster.Cluster;
import java.util.Optional;

/**
 * A running reconciler: Git into the cluster, and InferenceServices into what runs them.
 *
 * <p>All blocking work is on the scheduler's threads. Closing stops new passes; the cluster and the
 * scheduler stay the caller's.
 */
public final class Operator implements AutoCloseable {
  private final Informers informers;
  private final GitLoop git;
  private final Optional<ServingLoop> serving;
  private final Reporter reporter;

  private Operator(
      Informers informers, GitLoop git, Optional<ServingLoop> serving, Reporter reporter) {
    this.informers = informers;
    this.git = git;
    this.serving = serving;
    this.reporter = reporter;
  }

  /**
   * Starts the only writer of its inventory; returns at once.
   *
   * @throws IllegalArgumentException where the repository's address or branch cannot be one
   * @throws dev.salver.git.GitException where the mirror's folder cannot be used
   */
  public static Operator start(
      Cluster cluster, OperatorOptions options, Scheduler scheduler, OperatorListener listener) {
    return start(cluster, options, scheduler, listener, Leadership.ALONE, new ServingRenderer());
  }

  /** Starts with what decides who writes, and what services become. */
  static Operator start(
      Cluster cluster,
      OperatorOptions options,
      Scheduler scheduler,
      OperatorListener listener,
      Leadership leadership,
      Renderer renderer) {
    var reporter = new Reporter(listener);
    var informers = new Informers(cluster, scheduler, reporter::watchFailed);
    var git = new GitLoop(cluster, options, scheduler, informers, leadership, reporter);
    Optional<ServingLoop> serving = Optional.empty();
    if (options.serving() == OperatorOptions.Serving.OFF) {
      reporter.serving("switched off");
    } else {
      boolean always = options.serving() == OperatorOptions.Serving.ALWAYS;
      serving =
          Optional.of(
              new ServingLoop(
                  cluster, renderer, always, scheduler, informers, leadership, reporter));
    }
    git.start();
    serving.ifPresent(ServingLoop::start);
    return new Operator(informers, git, serving, reporter);
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
    serving.ifPresent(ServingLoop::close);
    informers.close();
  }
}
