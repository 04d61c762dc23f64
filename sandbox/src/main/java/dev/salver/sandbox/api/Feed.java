package dev.salver.sandbox.api;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.run.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A watch that is pulled: by whoever writes to a connection and must not be hurried. For one reader
 * at a time.
 */
public final class Feed implements AutoCloseable {
  private static final int AT_ONCE = 256;

  private final Store store;
  private final ResourceType type;
  private final Predicate<KubeObject> filter;
  private final Scheduler.Cancellable listening;
  private List<KubeObject> initial = List.of();
  private long since;
  private final Semaphore news = new Semaphore(0);
  private volatile boolean closed;

  /** Follows from after a version, or from all that is there now. */
  private Feed(Store store, ResourceType type, Predicate<KubeObject> filter) {
    this.store = store;
    this.type = type;
    this.filter = filter;
    listening = store.listen(this::wake);
  }

  static Feed after(Store store, ResourceType type, Predicate<KubeObject> filter, long version) {
    var feed = new Feed(store, type, filter);
    feed.since = version;
    return feed;
  }

  static Feed ofAll(Store store, ResourceType type, Predicate<KubeObject> filter) {
    var feed = new Feed(store, type, filter);
    synchronized (store) {
      feed.since = store.version();
      feed.initial = store.all(type).stream().filter(filter).toList();
    }
    return feed;
  }

  /** What was there when the feed was opened. */
  public List<KubeObject> initial() {
    return initial;
  }

  /** The version up to which everything has been handed out. */
  public long version() {
    return since;
  }

  /**
   * The next events, oldest first; none where none came in time.
   *
   * @throws ApiException 410 where the reader fell behind the history
   */
  public List<Api.Event> next(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      news.drainPermits();
      var changes =
          store.after(since, AT_ONCE).orElseThrow(() -> Failures.tooOld(since, store.oldest()));
      var events = new ArrayList<Api.Event>();
      for (Change change : changes) {
        since = change.version();
        if (change.type().equals(type)) {
          change.seenThrough(filter).ifPresent(events::add);
        }
      }
      if (!events.isEmpty() || closed || (changes.isEmpty() && !await(deadline))) {
        return events;
      }
    }
  }

  public boolean isClosed() {
    return closed;
  }

  /** Ends a wait that is under way, too. */
  @Override
  public void close() {
    listening.cancel();
    closed = true;
    news.release();
  }

  private void wake() {
    if (news.availablePermits() == 0) {
      news.release();
    }
  }

  private boolean await(long deadline) throws InterruptedException {
    return news.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS) && !closed;
  }
}
