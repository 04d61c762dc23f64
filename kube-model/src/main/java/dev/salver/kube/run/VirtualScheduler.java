package dev.salver.kube.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Time that passes only when it is told to, on the caller's thread: the same tasks in the same
 * order on every run. For rehearsals and tests.
 */
public final class VirtualScheduler implements Scheduler {
  /** More tasks than this without time passing is a loop, not progress. */
  private static final int MAX_AT_ONCE = 1_000_000;

  private record Task(Instant due, long order, Runnable work) {}

  private final PriorityQueue<Task> tasks =
      new PriorityQueue<>(Comparator.comparing(Task::due).thenComparingLong(Task::order));
  private Instant now;
  private long order;

  public VirtualScheduler(Instant start) {
    now = start;
  }

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public Cancellable after(Duration delay, Runnable work) {
    var task = new Task(now.plus(delay.isNegative() ? Duration.ZERO : delay), order++, work);
    tasks.add(task);
    return () -> tasks.remove(task);
  }

  /** Runs everything that is due now, and what that makes due now. */
  public void settle() {
    advance(Duration.ZERO);
  }

  /** Lets time pass, running what falls due on the way, each task at its own moment. */
  public void advance(Duration duration) {
    Instant end = now.plus(duration);
    int run = 0;
    while (!tasks.isEmpty() && !tasks.peek().due().isAfter(end)) {
      Task task = tasks.remove();
      if (task.due().isAfter(now)) {
        now = task.due();
        run = 0;
      }
      if (++run > MAX_AT_ONCE) {
        throw new IllegalStateException("tasks keep making tasks at " + now);
      }
      task.work().run();
    }
    now = end;
  }
}
