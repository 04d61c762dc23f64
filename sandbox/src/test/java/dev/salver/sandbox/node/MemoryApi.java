package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.Selector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** As much of the API as node, gateway and autoscaler use, without its rules. */
public final class MemoryApi implements Api, AutoCloseable {
  private record Watch(ResourceType type, Selector labels, Consumer<Event> consumer) {}

  private final Map<ObjectKey, KubeObject> objects = new LinkedHashMap<>();
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final ExecutorService events = Executors.newSingleThreadExecutor();
  private long version;

  @Override
  public synchronized Optional<KubeObject> get(ObjectKey key) {
    return Optional.ofNullable(objects.get(key));
  }

  @Override
  public synchronized Listing list(ResourceType type, String namespace, Selector labels) {
    return new Listing(
        objects.values().stream()
            .filter(o -> o.gvk().equals(type.gvk()))
            .filter(o -> namespace.isEmpty() || o.namespace().equals(namespace))
            .filter(labels)
            .toList(),
        version);
  }

  @Override
  public synchronized KubeObject create(KubeObject object, String fieldManager) {
    KubeObject fresh = object.copy();
    ObjectNode metadata = (ObjectNode) fresh.metadata();
    if (fresh.name().isEmpty()) {
      metadata.put("name", metadata.path("generateName").asText() + version);
    }
    if (objects.containsKey(fresh.key())) {
      throw new ApiException(409, "AlreadyExists", fresh.key() + " already exists");
    }
    metadata.put("uid", UUID.randomUUID().toString()).put("generation", 1);
    return store(fresh, Event.Type.ADDED);
  }

  @Override
  public synchronized KubeObject update(KubeObject object, String fieldManager) {
    KubeObject before = existing(object);
    if (!object.resourceVersion().isEmpty()
        && !object.resourceVersion().equals(before.resourceVersion())) {
      throw new ApiException(409, "Conflict", object.key() + " was changed meanwhile");
    }
    KubeObject fresh = object.copy();
    if (before.tree().has("status")) {
      fresh.tree().set("status", before.status());
    }
    ((ObjectNode) fresh.metadata()).put("uid", before.uid());
    return isGone(fresh) ? remove(fresh) : store(fresh, Event.Type.MODIFIED);
  }

  @Override
  public synchronized KubeObject updateStatus(KubeObject object, String fieldManager) {
    KubeObject fresh = existing(object).copy();
    fresh.tree().set("status", object.status());
    return store(fresh, Event.Type.MODIFIED);
  }

  @Override
  public KubeObject apply(KubeObject object, String fieldManager, boolean force) {
    return get(object.key()).isPresent()
        ? update(object, fieldManager)
        : create(object, fieldManager);
  }

  @Override
  public synchronized void delete(ObjectKey key, Preconditions preconditions) {
    KubeObject before = objects.get(key);
    if (before == null) {
      return;
    }
    KubeObject fresh = before.copy();
    ((ObjectNode) fresh.metadata()).put("deletionTimestamp", "2026-11-22T00:00:00Z");
    if (isGone(fresh)) {
      remove(fresh);
    } else {
      store(fresh, Event.Type.MODIFIED);
    }
  }

  @Override
  public synchronized AutoCloseable watch(
      ResourceType type, Selector labels, Consumer<Event> consumer) {
    var watch = new Watch(type, labels, consumer);
    list(type, "", labels)
        .items()
        .forEach(o -> events.execute(() -> consumer.accept(new Event(Event.Type.ADDED, o))));
    watches.add(watch);
    return () -> watches.remove(watch);
  }

  @Override
  public List<ResourceType> types() {
    return ResourceTypes.ALL;
  }

  @Override
  public void close() {
    events.shutdownNow();
  }

  private static boolean isGone(KubeObject object) {
    return object.isBeingDeleted() && object.metadata().path("finalizers").isEmpty();
  }

  private KubeObject existing(KubeObject object) {
    KubeObject before = objects.get(object.key());
    if (before == null) {
      throw new ApiException(404, "NotFound", object.key() + " not found");
    }
    return before;
  }

  private KubeObject store(KubeObject fresh, Event.Type type) {
    ((ObjectNode) fresh.metadata()).put("resourceVersion", Long.toString(++version));
    objects.put(fresh.key(), fresh);
    tell(new Event(type, fresh));
    return fresh;
  }

  private KubeObject remove(KubeObject gone) {
    objects.remove(gone.key());
    version++;
    tell(new Event(Event.Type.DELETED, gone));
    return gone;
  }

  private void tell(Event event) {
    var interested = new ArrayList<Consumer<Event>>();
    for (Watch watch : watches) {
      if (watch.type().gvk().equals(event.object().gvk()) && watch.labels().test(event.object())) {
        interested.add(watch.consumer());
      }
    }
    events.execute(() -> interested.forEach(consumer -> consumer.accept(event)));
  }
}
