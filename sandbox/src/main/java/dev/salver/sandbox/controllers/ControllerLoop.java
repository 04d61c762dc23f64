package dev.salver.sandbox.controllers;

import dev.salver.kube.ObjectKey;
import dev.salver.kube.run.Scheduler;
import dev.salver.kube.run.WorkQueue;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one controller: follows its sources, maps changes to keys, one pass per key at a time.
 *
 * <p>A write that lost a race is tried again at once; any other failure is reported and comes back
 * with a growing delay.
 */
public final class ControllerLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControllerLoop.class);
  private static final Duration AFTER_CONFLICT = Duration.ofMillis(5);

  private final Controller controller;
  private final WorkQueue<ObjectKey> queue;
  private final List<AutoCloseable> watches = new ArrayList<>();

  /** Starts following; the first passes are over what exists. */
  public ControllerLoop(
      Controller controller,
      Api api,
      Scheduler scheduler,
      WorkQueue.FailureListener<ObjectKey> failures) {
    this.controller = controller;
    this.queue = new WorkQueue<>(scheduler, this::pass, failures);
    for (Controller.Source source : controller.sources()) {
      watches.add(
          api.watch(
              source.type(),
              Selector.ANY,
              event -> source.wakes().apply(event.object()).forEach(queue::add)));
    }
  }

  /** Whether nothing runs or waits to run at once. */
  public boolean isIdle() {
    return queue.isIdle();
  }

  private Optional<Duration> pass(ObjectKey key) {
    try {
      return controller.reconcile(key, queue::add);
    } catch (ApiException e) {
      if (e.reason().equals("Conflict") || e.reason().equals("NotFound")) {
        LOG.debug("{}: {}: {}; once more", controller.name(), key, e.getMessage());
        return Optional.of(AFTER_CONFLICT);
      }
      throw e;
    }
  }

  /** Starts no further pass. */
  @Override
  public void close() {
    queue.close();
    for (AutoCloseable watch : watches) {
      try {
        watch.close();
      } catch (Exception e) {
        LOG.warn("{}: a watch did not close", controller.name(), e);
      }
    }
  }
}
