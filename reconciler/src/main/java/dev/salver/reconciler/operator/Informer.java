package dev.salver.reconciler.operator;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.run.Scheduler;
import dev.salver.reconciler.cluster.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A cache of one type, kept by list and watch. Own writes are in it at once; an older version never
 * replaces a newer one.
 */
final class Informer implements AutoCloseable {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** A watch may fall silent without ending; the list is taken anew so often. */
  private static final Duration AUDIT = Duration.ofMinutes(10);

  /**
   * Is told of each change, under the cache's lock: it may only pass the word on, to a queue.
   * Asking another cache would wait for that one's lock while somebody who holds it waits for this
   * one.
   */
  @FunctionalInterface
  interface Listener {
    void changed(@Nullable KubeObject before, @Nullable KubeObject after);
  }

  private final Cluster cluster;
  private final Scheduler scheduler;
  private final ResourceType type;
  private final String namespace;
  private final Predicate<KubeObject> kept;
  private final BiConsumer<String, Duration> trouble;
  private final List<Listener> listeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> onSynced = new CopyOnWriteArrayList<>();
  private final Map<ObjectKey, KubeObject> objects = new TreeMap<>();

  /** Everything up to here was seen in order; an own write from before it is no news. */
  private long seen;

  private int epoch;
  private int failures;
  private volatile boolean synced;
  private boolean closed;
  private @Nullable AutoCloseable watch;
  private Scheduler.@Nullable Cancellable timer;

  /**
   * @param namespace empty for all
   * @param kept what is worth the memory; all else is as if it were not there
   * @param trouble is told why a list failed and when it is tried again
   */
  Informer(
      Cluster cluster,
      Scheduler scheduler,
      ResourceType type,
      String namespace,
      Predicate<KubeObject> kept,
      BiConsumer<String, Duration> trouble) {
    this.cluster = cluster;
    this.scheduler = scheduler;
    this.type = type;
    this.namespace = namespace;
    this.kept = kept;
    this.trouble = trouble;
  }

  Informer listen(Listener listener) {
    listeners.add(listener);
    return this;
  }

  /** Runs once the first list is here, at once where it is. */
  Informer whenSynced(Runnable action) {
    synchronized (this) {
      if (!synced) {
        onSynced.add(action);
        return this;
      }
    }
    action.run();
    return this;
  }

  Informer start() {
    scheduler.run(this::relist);
    return this;
  }

  /** Takes no lock, so that whoever holds one of their own may ask. */
  boolean isSynced() {
    return synced;
  }

  synchronized Optional<KubeObject> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  /** Every object, in order. */
  synchronized List<KubeObject> all() {
    return List.copyOf(objects.values());
  }

  /** Takes over what a write of our own returned. */
  synchronized void wrote(KubeObject object) {
    boolean passed = !objects.containsKey(object.key()) && version(object) <= seen;
    if (synced && !passed) {
      put(object, false);
    }
  }

  /** Listeners are told under the lock: so they see changes in the order of the cache. */
  private synchronized void put(KubeObject object, boolean inOrder) {
    if (inOrder) {
      seen = Math.max(seen, version(object));
    }
    if (!kept.test(object)) {
      remove(object);
      return;
    }
    KubeObject before = objects.get(object.key());
    long version = version(object);
    if (before != null && version != 0 && version <= version(before)) {
      return;
    }
    objects.put(object.key(), object);
    listeners.forEach(listener -> listener.changed(before, object));
  }

  private synchronized void remove(KubeObject last) {
    seen = Math.max(seen, version(last));
    KubeObject before = objects.get(last.key());
    if (before == null || version(before) > version(last)) {
      return;
    }
    objects.remove(last.key());
    listeners.forEach(listener -> listener.changed(before, null));
  }

  private void relist() {
    int mine;
    synchronized (this) {
      if (closed) {
        return;
      }
      mine = ++epoch;
      stopWatch();
    }
    try {
      Cluster.Listing listing = cluster.list(type, namespace, "");
      replace(listing);
      watch(mine, listing.resourceVersion());
    } catch (RuntimeException e) {
      // Whatever it was: a cache that is given up in silence would leave the cluster as it is.
      Duration pause = pause();
      trouble.accept(String.valueOf(e.getMessage()), pause);
      again(mine, pause);
    }
  }

  private void replace(Cluster.Listing listing) {
    long at = number(listing.resourceVersion());
    var listed = new TreeMap<ObjectKey, KubeObject>();
    listing.items().forEach(item -> listed.put(item.key(), item));
    boolean first;
    synchronized (this) {
      for (KubeObject held : List.copyOf(objects.values())) {
        if (!listed.containsKey(held.key()) && version(held) <= at) {
          objects.remove(held.key());
          listeners.forEach(listener -> listener.changed(held, null));
        }
      }
      seen = Math.max(seen, at);
      listed.values().forEach(object -> put(object, false));
      first = !synced;
      synced = true;
    }
    if (first) {
      onSynced.forEach(Runnable::run);
    }
  }

  private void watch(int mine, String version) {
    AutoCloseable opened = cluster.watch(type, namespace, version, new Events(mine));
    synchronized (this) {
      if (mine == epoch && !closed) {
        watch = opened;
        timer = scheduler.after(AUDIT, this::relist);
        return;
      }
    }
    close(opened);
  }

  private final class Events implements Cluster.Watcher {
    private final int mine;

    Events(int mine) {
      this.mine = mine;
    }

    @Override
    public void changed(KubeObject object) {
      if (isCurrent()) {
        put(object, true);
      }
    }

    @Override
    public void deleted(KubeObject last) {
      if (isCurrent()) {
        remove(last);
      }
    }

    @Override
    public void closed(String why) {
      again(mine, pause());
    }

    private boolean isCurrent() {
      synchronized (Informer.this) {
        boolean current = mine == epoch;
        if (current) {
          failures = 0;
        }
        return current;
      }
    }
  }

  private synchronized Duration pause() {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures++, 10));
    return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
  }

  private synchronized void again(int mine, Duration pause) {
    if (mine == epoch && !closed) {
      stopWatch();
      timer = scheduler.after(pause, this::relist);
    }
  }

  private synchronized void stopWatch() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (watch != null) {
      close(watch);
      watch = null;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    epoch++;
    stopWatch();
  }

  private static void close(AutoCloseable watch) {
    try {
      watch.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static long version(KubeObject object) {
    return number(object.resourceVersion());
  }

  /** Versions are numbers that grow, as the API's conventions promise since Kubernetes 1.35. */
  private static long number(String version) {
    try {
      return version.isEmpty() ? 0 : Long.parseLong(version);
    } catch (NumberFormatException e) {
      return 0;
    }
  }
}
