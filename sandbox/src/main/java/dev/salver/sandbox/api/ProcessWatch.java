package dev.salver.sandbox.api;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.run.Scheduler;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A watch for a consumer in this process. It reads the store's history, so a slow consumer costs no
 * queue; one that falls behind the history gets the differences to what it last saw.
 */
final class ProcessWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessWatch.class);
  private static final int AT_ONCE = 256;

  private final Store store;
  private final ResourceType type;
  private final Predicate<KubeObject> filter;
  private final Consumer<Api.Event> consumer;
  private final Scheduler scheduler;
  private final Map<ObjectKey, KubeObject> seen = new HashMap<>();
  private final Scheduler.Cancellable listening;
  private long since = -1;
  private boolean awake;
  private boolean again;
  private volatile boolean closed;

  ProcessWatch(
      Store store,
      ResourceType type,
      Predicate<KubeObject> filter,
      Consumer<Api.Event> consumer,
      Scheduler scheduler) {
    this.store = store;
    this.type = type;
    this.filter = filter;
    this.consumer = consumer;
    this.scheduler = scheduler;
    listening = store.listen(this::wake);
    wake();
  }

  @Override
  public void close() {
    closed = true;
    listening.cancel();
  }

  private synchronized void wake() {
    again = true;
    if (!awake && !closed) {
      awake = true;
      scheduler.run(this::catchUp);
    }
  }

  private void catchUp() {
    while (begin()) {
      read();
    }
  }

  private synchronized boolean begin() {
    awake = again && !closed;
    again = false;
    return awake;
  }

  private void read() {
    if (since < 0) {
      startOver();
    }
    while (!closed) {
      Optional<List<Change>> changes = store.after(since, AT_ONCE);
      if (changes.isEmpty()) {
        startOver();
        continue;
      }
      if (changes.get().isEmpty()) {
        return;
      }
      for (Change change : changes.get()) {
        since = change.version();
        if (change.type().equals(type)) {
          change.seenThrough(filter).ifPresent(this::tell);
        }
      }
    }
  }

  private void startOver() {
    var now = new LinkedHashMap<ObjectKey, KubeObject>();
    synchronized (store) {
      since = store.version();
      store.all(type).stream().filter(filter).forEach(object -> now.put(object.key(), object));
    }
    for (KubeObject old : List.copyOf(seen.values())) {
      KubeObject successor = now.get(old.key());
      if (successor == null || !successor.uid().equals(old.uid())) {
        tell(new Api.Event(Api.Event.Type.DELETED, old));
      }
    }
    now.forEach(
        (key, object) -> {
          KubeObject old = seen.get(key);
          if (old == null) {
            tell(new Api.Event(Api.Event.Type.ADDED, object));
          } else if (!old.resourceVersion().equals(object.resourceVersion())) {
            tell(new Api.Event(Api.Event.Type.MODIFIED, object));
          }
        });
  }

  private void tell(Api.Event event) {
    if (closed) {
      return;
    }
    if (event.type() == Api.Event.Type.DELETED) {
      seen.remove(event.object().key());
    } else {
      seen.put(event.object().key(), event.object());
    }
    try {
      consumer.accept(event);
    } catch (RuntimeException e) {
      LOG.error("a consumer failed on {} {}", event.type(), event.object().key(), e);
    }
  }
}
