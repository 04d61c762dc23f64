package dev.salver.sandbox.node;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Publishes a state that changes often: one write at a time, the latest state in the next one. */
final class StatusWriter {
  private static final Duration RETRY = Duration.ofMillis(500);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final BooleanSupplier publish;
  private final Semaphore dirty = new Semaphore(1);
  private volatile boolean closed;
  private final Thread thread = Thread.ofVirtual().name("pod status").unstarted(this::run);

  /**
   * A writer that has something to write from the start.
   *
   * @param publish writes the latest state; false to be asked again a little later
   */
  StatusWriter(BooleanSupplier publish) {
    this.publish = publish;
  }

  void start() {
    thread.start();
  }

  void dirty() {
    dirty.release();
  }

  /** Writes what is left to write. */
  void close() {
    closed = true;
    dirty.release();
    try {
      thread.join(CLOSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        dirty.acquire();
        boolean last = closed;
        dirty.drainPermits();
        if (!publish.getAsBoolean() && !last) {
          dirty.tryAcquire(RETRY.toMillis(), TimeUnit.MILLISECONDS);
          dirty.release();
        }
        if (last) {
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
