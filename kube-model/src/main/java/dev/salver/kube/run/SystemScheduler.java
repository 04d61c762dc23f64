package dev.salver.kube.run;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Wall-clock time; each task runs on a virtual thread of its own, so it may block. What a task
 * throws is logged: nobody waits for its result.
 */
public final class SystemScheduler implements Scheduler, AutoCloseable {
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("scheduler").factory());
  private final ExecutorService tasks = Executors.newVirtualThreadPerTaskExecutor();

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public Cancellable after(Duration delay, Runnable task) {
    if (timer.isShutdown()) {
      return () -> {};
    }
    if (!delay.isPositive()) {
      var run = tasks.submit(() -> logged(task));
      return () -> run.cancel(false);
    }
    var run =
        timer.schedule(
            () -> {
              if (!tasks.isShutdown()) {
                tasks.execute(() -> logged(task));
              }
            },
            delay.toNanos(),
            TimeUnit.NANOSECONDS);
    return () -> run.cancel(false);
  }

  private static void logged(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      System.getLogger(SystemScheduler.class.getName())
          .log(System.Logger.Level.ERROR, "A task failed", e);
    }
  }

  /** Starts nothing new, interrupts what runs and waits a moment for it. */
  @Override
  public void close() {
    timer.shutdownNow();
    tasks.shutdownNow();
    try {
      tasks.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
