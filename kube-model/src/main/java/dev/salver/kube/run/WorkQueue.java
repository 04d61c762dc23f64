package dev.salver.kube.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs a reconciler over keys: at most one execution per key at a time, events during an execution
 * lead to exactly one more, failures come back with exponential delay.
 *
 * <p>The queue is bounded by the number of distinct keys; events for a key coalesce.
 */
public final class WorkQueue<K> {
  /** One pass over a key. Throwing means: try again after a growing delay. */
  @FunctionalInterface
  public interface Reconciler<K> {
    /** Returns when to look again even if nothing happens. */
    Optional<Duration> reconcile(K key) throws Exception;
  }

  /** Is told of each failed pass, with the number of failures in a row. */
  @FunctionalInterface
  public interface FailureListener<K> {
    void failed(K key, Exception failure, int inARow, Duration retryIn);
  }

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LAST_RETRY = Duration.ofSeconds(30);

  private final Scheduler scheduler;
  private final Reconciler<K> reconciler;
  private final FailureListener<K> failures;
  private final Map<K, Entry> entries = new HashMap<>();
  private boolean closed;

  private static final class Entry {
    boolean running;
    boolean dirty;
    int failed;
    Scheduler.@Nullable Cancellable timer;
  }

  public WorkQueue(Scheduler scheduler, Reconciler<K> reconciler, FailureListener<K> failures) {
    this.scheduler = scheduler;
    this.reconciler = reconciler;
    this.failures = failures;
  }

  /** Something about the key changed. */
  public synchronized void add(K key) {
    if (closed) {
      return;
    }
    Entry entry = entries.computeIfAbsent(key, k -> new Entry());
    cancelTimer(entry);
    if (entry.running) {
      entry.dirty = true;
    } else {
      start(key, entry);
    }
  }

  /** Whether nothing runs and nothing waits to run at once. */
  public synchronized boolean isIdle() {
    return entries.values().stream().noneMatch(entry -> entry.running);
  }

  /** Starts no further pass; passes that run go on to their end. */
  public synchronized void close() {
    closed = true;
    entries.values().forEach(this::cancelTimer);
  }

  private void start(K key, Entry entry) {
    entry.running = true;
    entry.dirty = false;
    scheduler.run(() -> pass(key));
  }

  private void pass(K key) {
    Optional<Duration> again = Optional.empty();
    Exception failure = null;
    try {
      again = reconciler.reconcile(key);
    } catch (Exception e) {
      failure = e;
    } catch (LinkageError | AssertionError | StackOverflowError e) {
      // A bug in one pass must not leave the key running for ever.
      failure = new IllegalStateException(e);
    }
    finish(key, again, failure);
  }

  private void finish(K key, Optional<Duration> again, @Nullable Exception failure) {
    if (failure == null) {
      goOn(key, again, 0);
      return;
    }
    int inARow;
    synchronized (this) {
      Entry entry = entries.get(key);
      if (entry == null || closed) {
        return;
      }
      inARow = entry.failed + 1;
    }
    Duration delay = retryDelay(inARow);
    try {
      failures.failed(key, failure, inARow, delay);
    } finally {
      goOn(key, Optional.of(delay), inARow);
    }
  }

  private synchronized void goOn(K key, Optional<Duration> delay, int failed) {
    Entry entry = entries.get(key);
    if (entry == null) {
      return;
    }
    entry.running = false;
    entry.failed = failed;
    if (closed) {
      return;
    }
    if (entry.dirty) {
      start(key, entry);
    } else if (delay.isPresent()) {
      entry.timer = scheduler.after(delay.get(), () -> add(key));
    } else {
      entries.remove(key);
    }
  }

  private static Duration retryDelay(int inARow) {
    Duration delay = FIRST_RETRY.multipliedBy(1L << Math.min(inARow - 1, 10));
    return delay.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : delay;
  }

  private void cancelTimer(Entry entry) {
    if (entry.timer != null) {
      entry.timer.cancel();
      entry.timer = null;
    }
  }
}
