package dev.salver.server.batch;

import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends runs whose deadline has passed. Looks often while something runs, and sleeps while nothing
 * does.
 */
final class Watchdog {
  private static final long LOOK_NANOS = 20_000_000;

  private final List<Worker> workers;
  private final Thread thread;
  private volatile boolean asleep;
  private volatile boolean stopping;

  Watchdog(List<Worker> workers) {
    this.workers = workers;
    this.thread = new Thread(this::watch, "inference-deadlines");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** Something began to run. */
  void wake() {
    if (asleep) {
      asleep = false;
      LockSupport.unpark(thread);
    }
  }

  private void watch() {
    while (!stopping) {
      if (!look()) {
        asleep = true;
        if (!look() && !stopping) {
          LockSupport.park(this);
        }
        asleep = false;
      }
      LockSupport.parkNanos(this, LOOK_NANOS);
    }
  }

  private boolean look() {
    boolean running = false;
    for (Worker worker : workers) {
      running |= worker.expire(System.nanoTime());
    }
    return running;
  }
}
