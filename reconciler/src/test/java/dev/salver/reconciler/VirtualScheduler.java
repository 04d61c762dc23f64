package dev.salver.reconciler;

import dev.salver.kube.run.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/** Time that passes only when told to, on the test's own thread. */
public final class VirtualScheduler implements Scheduler {
  private static final int MOST_TASKS = 100_000;

  private record Task(Instant at, long order, Runnable run) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::order));
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");
  private long order;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Cancellable after(Duration delay, Runnable run) {
    var task = new Task(now.plus(delay), order++, run);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Runs what is due within a time, and lets that time pass. */
  public void pass(Duration time) {
    Instant end = now.plus(time);
    for (int i = 0; i < MOST_TASKS; i++) {
      Task next = tasks.peek();
      if (next == null || next.at().isAfter(end)) {
        now = end;
        return;
      }
      step();
    }
    throw new AssertionError("still busy after " + MOST_TASKS + " tasks");
  }

  /** Runs until a condition holds, for at most a time. */
  public boolean until(Duration limit, BooleanSupplier condition) {
    Instant end = now.plus(limit);
    for (int i = 0; i < MOST_TASKS && !condition.getAsBoolean(); i++) {
      Task next = tasks.peek();
      if (next == null || next.at().isAfter(end)) {
        return false;
      }
      step();
    }
    return condition.getAsBoolean();
  }

  private void step() {
    Task next = tasks.remove();
    if (next.at().isAfter(now)) {
      now = next.at();
    }
    next.run().run();
  }
}
