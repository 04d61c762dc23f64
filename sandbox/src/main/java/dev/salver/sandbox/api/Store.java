package dev.salver.sandbox.api;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.run.Scheduler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * All objects, one version counter, and the last so many changes. Guarded by its own monitor, which
 * writers hold from reading the live object to the commit.
 */
final class Store {
  private final Map<ResourceType, Map<ObjectKey, KubeObject>> objects = new HashMap<>();
  private final Change[] history;
  private final Journal journal;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private long version;
  private long oldest;

  /**
   * A store with what the journal holds.
   *
   * @param history how many changes are kept for watches and lists of the past
   */
  Store(Types types, Journal journal, int history) {
    this.journal = journal;
    this.history = new Change[history];
    version =
        journal.restore(
            object -> types.of(object.gvk()).ifPresent(type -> of(type).put(object.key(), object)));
    version = Math.max(version, 1);
    oldest = version;
  }

  synchronized long version() {
    return version;
  }

  /** The version before the oldest change that is still known. */
  synchronized long oldest() {
    return oldest;
  }

  synchronized Optional<KubeObject> get(ResourceType type, ObjectKey key) {
    return Optional.ofNullable(of(type).get(key));
  }

  /** All objects of a type by namespace and name. */
  synchronized Collection<KubeObject> all(ResourceType type) {
    return List.copyOf(of(type).values());
  }

  synchronized List<KubeObject> everything() {
    return objects.values().stream().flatMap(of -> of.values().stream()).toList();
  }

  /** Whether anything of any kind lives in a namespace. */
  synchronized List<KubeObject> in(String namespace) {
    return everything().stream().filter(object -> object.namespace().equals(namespace)).toList();
  }

  /** The objects of a type as they were at a version; empty where history does not reach back. */
  synchronized Optional<Collection<KubeObject>> at(ResourceType type, long past) {
    if (past > version || past < oldest) {
      return Optional.empty();
    }
    var then = new TreeMap<>(of(type));
    for (long v = version; v > past; v--) {
      Change change = change(v);
      if (!change.type().equals(type)) {
        continue;
      }
      KubeObject before = change.before();
      if (before == null) {
        then.remove(change.key());
      } else {
        then.put(change.key(), before);
      }
    }
    return Optional.of(then.values());
  }

  /**
   * Stores an object under the next version, which it gets as its resourceVersion. The tree becomes
   * the store's own.
   */
  synchronized KubeObject put(ResourceType type, KubeObject object) {
    long next = version + 1;
    stamp(object, next);
    journal.put(next, object, this::everything);
    KubeObject before = of(type).put(object.key(), object);
    record(new Change(next, type, object.key(), before, object, null));
    return object;
  }

  /** Removes an object; the removal is a version of its own. */
  synchronized KubeObject remove(ResourceType type, KubeObject object) {
    long next = version + 1;
    KubeObject last = object.copy();
    stamp(last, next);
    journal.remove(next, object.key(), this::everything);
    of(type).remove(object.key());
    record(new Change(next, type, object.key(), object, null, last));
    return last;
  }

  /**
   * The changes after a version, oldest first, at most so many.
   *
   * @return empty where they are no longer all known
   */
  synchronized Optional<List<Change>> after(long since, int most) {
    if (since < oldest) {
      return Optional.empty();
    }
    var result = new ArrayList<Change>();
    for (long v = since + 1; v <= version && result.size() < most; v++) {
      result.add(change(v));
    }
    return Optional.of(result);
  }

  /** Is called after each change, under the store's monitor: it must only pass the word on. */
  Scheduler.Cancellable listen(Runnable listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }

  private static void stamp(KubeObject object, long version) {
    Trees.metadata(object.tree()).put("resourceVersion", Long.toString(version));
  }

  private void record(Change change) {
    version = change.version();
    history[(int) (version % history.length)] = change;
    oldest = Math.max(oldest, version - history.length);
    listeners.forEach(Runnable::run);
  }

  private Change change(long at) {
    @Nullable Change change = history[(int) (at % history.length)];
    if (change == null || change.version() != at) {
      throw new IllegalStateException("the history has no version " + at);
    }
    return change;
  }

  private Map<ObjectKey, KubeObject> of(ResourceType type) {
    return objects.computeIfAbsent(type, t -> new TreeMap<>());
  }
}
