package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import java.util.Optional;

/**
 * How objects go: at once, or marked until the last finalizer is gone; a namespace when all in it
 * has gone.
 */
final class Deletion {
  private static final long POD_GRACE = 30;

  private final Store store;
  private final Types types;
  private final Scheduler scheduler;

  Deletion(Store store, Types types, Scheduler scheduler) {
    this.store = store;
    this.types = types;
    this.scheduler = scheduler;
  }

  /** Deletes; returns the object as it is now, or its last state. 404 where it is not there. */
  KubeObject delete(ObjectKey key, DeleteOptions options) {
    ResourceType type = types.require(key.gvk());
    synchronized (store) {
      KubeObject live = store.get(type, key).orElseThrow(() -> Failures.notFound(type, key.name()));
      check(type, live, options.preconditions());
      if (options.dryRun()) {
        return live;
      }
      if (options.propagation() == DeleteOptions.Propagation.ORPHAN) {
        orphanDependents(live);
      }
      return isNamespace(type) ? deleteNamespace(type, live) : condemn(type, live, options);
    }
  }

  /** Removes for good, and the namespace too where this was the last thing that held it. */
  KubeObject remove(ResourceType type, KubeObject object) {
    KubeObject last = store.remove(type, object);
    if (type.namespaced()) {
      store
          .get(ResourceTypes.NAMESPACE, namespaceKey(object.namespace()))
          .filter(KubeObject::isBeingDeleted)
          .ifPresent(this::removeIfEmpty);
    }
    return last;
  }

  /** 404 for a namespace that is not there, 403 for one on its way out. */
  void requireOpenNamespace(ResourceType type, KubeObject object) {
    if (!type.namespaced()) {
      if (!object.namespace().isEmpty()) {
        throw Failures.badRequest(
            "namespace can not be set on cluster-scoped objects: " + type.gvk().kind());
      }
      return;
    }
    if (object.namespace().isEmpty()) {
      throw Failures.badRequest(
          "an empty namespace may not be set during creation of a " + type.gvk().kind());
    }
    Optional<KubeObject> namespace =
        store.get(ResourceTypes.NAMESPACE, namespaceKey(object.namespace()));
    if (namespace.isEmpty()) {
      throw Failures.notFound(ResourceTypes.NAMESPACE, object.namespace());
    }
    if (namespace.get().isBeingDeleted()) {
      throw Failures.forbidden(
          type,
          object.name(),
          "unable to create new content in namespace "
              + object.namespace()
              + " because it is being terminated");
    }
  }

  private KubeObject condemn(ResourceType type, KubeObject live, DeleteOptions options) {
    if (!Metadata.isHeld(live)) {
      return remove(type, live);
    }
    long grace = grace(type, live, options);
    JsonNode before = live.metadata().path("deletionGracePeriodSeconds");
    if (live.isBeingDeleted() && before.asLong() <= grace) {
      return live;
    }
    KubeObject marked = live.copy();
    Metadata.condemn(marked.tree(), scheduler.now(), grace);
    return store.put(type, marked);
  }

  private static long grace(ResourceType type, KubeObject live, DeleteOptions options) {
    if (!type.equals(ResourceTypes.POD)) {
      return 0;
    }
    return options
        .graceSeconds()
        .orElse(live.spec().path("terminationGracePeriodSeconds").asLong(POD_GRACE));
  }

  private KubeObject deleteNamespace(ResourceType type, KubeObject live) {
    KubeObject namespace = live;
    if (!live.isBeingDeleted()) {
      namespace = live.copy();
      Metadata.condemn(namespace.tree(), scheduler.now(), 0);
      namespace.tree().withObjectProperty("status").put("phase", "Terminating");
      store.put(type, namespace);
    }
    for (KubeObject inside : store.in(live.name())) {
      types.of(inside.gvk()).ifPresent(of -> condemn(of, inside, DeleteOptions.DEFAULT));
    }
    removeIfEmpty(namespace);
    return namespace;
  }

  private void removeIfEmpty(KubeObject namespace) {
    Optional<KubeObject> live = store.get(ResourceTypes.NAMESPACE, namespace.key());
    if (live.isPresent() && !Metadata.isHeld(live.get()) && store.in(namespace.name()).isEmpty()) {
      store.remove(ResourceTypes.NAMESPACE, live.get());
    }
  }

  private void orphanDependents(KubeObject owner) {
    for (KubeObject object : store.everything()) {
      ArrayNode kept = Json.array();
      JsonNode owners = object.metadata().path("ownerReferences");
      owners.forEach(
          reference -> {
            if (!reference.path("uid").asText().equals(owner.uid())) {
              kept.add(reference);
            }
          });
      if (kept.size() == owners.size()) {
        continue;
      }
      KubeObject loose = object.copy();
      ObjectNode metadata = Trees.metadata(loose.tree());
      if (kept.isEmpty()) {
        metadata.remove("ownerReferences");
      } else {
        metadata.set("ownerReferences", kept);
      }
      types.of(object.gvk()).ifPresent(type -> store.put(type, loose));
    }
  }

  private static void check(ResourceType type, KubeObject live, Api.Preconditions wanted) {
    if (!wanted.uid().isEmpty() && !wanted.uid().equals(live.uid())) {
      throw Failures.precondition(type, live.name(), "UID", wanted.uid(), live.uid());
    }
    if (!wanted.resourceVersion().isEmpty()
        && !wanted.resourceVersion().equals(live.resourceVersion())) {
      throw Failures.precondition(
          type, live.name(), "ResourceVersion", wanted.resourceVersion(), live.resourceVersion());
    }
  }

  private static boolean isNamespace(ResourceType type) {
    return type.equals(ResourceTypes.NAMESPACE);
  }

  private static ObjectKey namespaceKey(String name) {
    return new ObjectKey(new Gvk("", "v1", "Namespace"), "", name);
  }
}
