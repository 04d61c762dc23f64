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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one controller: follows its sources, maps changes to keys, one pass per key at a time.
 *
 * <p>A pass that lost a race is tried again at once, a few times; any other failure is reported and
 * comes back with a growing delay.
 */
public final class ControllerLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControllerLoop.class);
  private static final Duration AFTER_RACE = Duration.ofMillis(5);
  private static final int MOST_RACES = 20;

  /** Somebody wrote or removed the object meanwhile. */
  private static final Set<String> RACES = Set.of("Conflict", "NotFound");

  private final Controller controller;
  private final WorkQueue<ObjectKey> queue;
  private final Map<ObjectKey, Integer> races = new ConcurrentHashMap<>();
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
      Optional<Duration> again = controller.reconcile(key, queue::add);
      races.remove(key);
      return again;
    } catch (ApiException e) {
      if (RACES.contains(e.reason()) && races.merge(key, 1, Integer::sum) <= MOST_RACES) {
        LOG.debug("{}: {}: {}; once more", controller.name(), key, e.getMessage());
        return Optional.of(AFTER_RACE);
      }
      races.remove(key);
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
