package dev.salver.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.Selector;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One controller's access to the API. Writes only what differs, so that a controller at rest writes
 * nothing; each write carries the version that it was decided on.
 *
 * @param manager the field manager, as {@code managedFields} names it
 */
public record Writer(Api api, String manager) {
  public Optional<KubeObject> get(ObjectKey key) {
    return api.get(key);
  }

  public Optional<KubeObject> get(ResourceType type, String namespace, String name) {
    return api.get(new ObjectKey(type.gvk(), namespace, name));
  }

  public List<KubeObject> list(ResourceType type, String namespace, Map<String, String> labels) {
    return api.list(type, namespace, labels.isEmpty() ? Selector.ANY : Selector.labels(labels))
        .items();
  }

  /** What a type's objects in a namespace are controlled by this owner. */
  public List<KubeObject> owned(ResourceType type, KubeObject owner) {
    return list(type, owner.namespace(), Map.of()).stream()
        .filter(object -> controls(owner, object))
        .toList();
  }

  public KubeObject create(KubeObject object) {
    return api.create(object, manager);
  }

  /**
   * Labels, annotations, owners and spec become the wanted ones; finalizers only where the wanted
   * object speaks of them.
   */
  public KubeObject update(KubeObject current, KubeObject wanted) {
    ObjectNode next = current.copy().tree();
    ObjectNode metadata = Trees.child(next, "metadata");
    for (String field : List.of("labels", "annotations", "ownerReferences")) {
      set(metadata, field, wanted.metadata().path(field));
    }
    if (wanted.metadata().has("finalizers")) {
      set(metadata, "finalizers", wanted.metadata().path("finalizers"));
    }
    for (var field : wanted.tree().properties()) {
      if (!List.of("metadata", "status", "apiVersion", "kind").contains(field.getKey())) {
        next.set(field.getKey(), field.getValue());
      }
    }
    return Trees.same(next, current.tree()) ? current : api.update(new KubeObject(next), manager);
  }

  /** Replaces the status where it differs. */
  public KubeObject status(KubeObject current, ObjectNode status) {
    if (Trees.same(current.status(), status)) {
      return current;
    }
    ObjectNode next = current.copy().tree();
    next.set("status", status);
    return api.updateStatus(new KubeObject(next), manager);
  }

  /** Deletes this very object, not one of the same name that came after it. */
  public void delete(KubeObject object) {
    api.delete(object.key(), new Api.Preconditions(object.uid(), ""));
  }

  /** Whether the owner's uid is the controlling one. */
  public static boolean controls(KubeObject owner, KubeObject object) {
    return object.controllerReference().path("uid").asText().equals(owner.uid());
  }

  /** A new object in the owner's namespace, controlled by it; its tree may be filled. */
  public static KubeObject child(KubeObject owner, ResourceType type, String name) {
    KubeObject child = KubeObject.named(type.gvk(), owner.namespace(), name);
    ObjectNode reference =
        Trees.child(child.tree(), "metadata").putArray("ownerReferences").addObject();
    reference.put("apiVersion", owner.tree().path("apiVersion").asText());
    reference.put("kind", owner.kind()).put("name", owner.name()).put("uid", owner.uid());
    reference.put("controller", true).put("blockOwnerDeletion", true);
    return child;
  }

  private static void set(ObjectNode metadata, String field, JsonNode value) {
    if (value.isEmpty()) {
      metadata.remove(field);
    } else {
      metadata.set(field, value);
    }
  }
}
