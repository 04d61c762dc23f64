package dev.salver.sandbox.api;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The sandbox's API as its controllers see it, in process. The same semantics as over HTTPS: each
 * call may fail with an {@link ApiException} that is a Kubernetes Status.
 */
public interface Api {
  Optional<KubeObject> get(ObjectKey key);

  /** An empty namespace means all of them. */
  Listing list(ResourceType type, String namespace, Selector labels);

  /** 409 AlreadyExists where the name is taken; {@code generateName} is honoured. */
  KubeObject create(KubeObject object, String fieldManager);

  /** Replaces; 409 Conflict where a resourceVersion is given and not the stored one. */
  KubeObject update(KubeObject object, String fieldManager);

  /** Replaces {@code status} alone. */
  KubeObject updateStatus(KubeObject object, String fieldManager);

  /** Server-side apply; 409 Conflict names the managers that own the fields. */
  KubeObject apply(KubeObject object, String fieldManager, boolean force);

  /** Marks for deletion, or removes where no finalizer holds it. Absent is fine. */
  void delete(ObjectKey key, Preconditions preconditions);

  /**
   * Follows a type. Events come in order, one at a time, on a thread of the API; the consumer must
   * not block. What exists comes first, as {@link Event.Type#ADDED}.
   */
  AutoCloseable watch(ResourceType type, Selector labels, Consumer<Event> consumer);

  /** What is served now. */
  List<ResourceType> types();

  /** A list and the store's version that it shows. */
  record Listing(List<KubeObject> items, long resourceVersion) {}

  /** One change. For {@code DELETED} the object is the last state. */
  record Event(Type type, KubeObject object) {
    /** What happened. */
    public enum Type {
      ADDED,
      MODIFIED,
      DELETED
    }
  }

  /** Empty strings ask for nothing. */
  record Preconditions(String uid, String resourceVersion) {
    public static final Preconditions NONE = new Preconditions("", "");
  }
}
