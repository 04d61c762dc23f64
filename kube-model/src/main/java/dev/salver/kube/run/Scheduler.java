package dev.salver.kube.run;

import java.time.Duration;
import java.time.Instant;

/** Time and threads, passed in: the system's own, or virtual time on one thread. */
public interface Scheduler {
  Instant now();

  /** Runs a task soon, never on the caller's stack. */
  default void run(Runnable task) {
    after(Duration.ZERO, task);
  }

  /** Runs a task once after a delay, unless it was cancelled. */
  Cancellable after(Duration delay, Runnable task);

  /** A task that may be called off; calling it off twice does nothing. */
  interface Cancellable {
    void cancel();
  }
}
