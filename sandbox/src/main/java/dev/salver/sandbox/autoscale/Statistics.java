package dev.salver.sandbox.autoscale;

import java.util.Optional;
import java.util.function.Consumer;

/** What whoever carries the requests knows of their number. */
public interface Statistics {
  /** A Knative revision. */
  record Revision(String namespace, String name) {}

  /**
   * What a revision had to do since it was last asked about.
   *
   * @param concurrency requests under way or waiting, in the mean
   * @param perSecond requests that arrived, per second
   */
  record Sample(double concurrency, double perSecond) {}

  /** Since the last call for this revision; empty for one that never had a request. */
  Optional<Sample> take(Revision revision);

  /** Tells of requests that wait for a revision without ready pods, at once and as they come. */
  AutoCloseable onWaiting(Consumer<Revision> consumer);
}
