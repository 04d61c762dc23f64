package dev.salver.reconciler.cluster;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import java.util.List;
import java.util.Optional;

/** What the reconciler asks of a Kubernetes API server. Calls block and have a deadline. */
public interface Cluster extends AutoCloseable {
  /** Absent is an answer; anything else that is not the object is a {@link ClusterException}. */
  Optional<KubeObject> get(ObjectKey key);

  /** Every object of a type; an empty namespace means all, an empty selector means any label. */
  Listing list(ResourceType type, String namespace, String labelSelector);

  /**
   * Follows a type from a resource version on; events come in order on one thread.
   *
   * @return closing it stops the events; {@link Watcher#closed} is then not called
   */
  AutoCloseable watch(ResourceType type, String namespace, String resourceVersion, Watcher watcher);

  /** Server-side apply. A refused write is a value, broken I/O a {@link ClusterException}. */
  Write apply(KubeObject desired, String fieldManager, boolean force);

  /** Server-side apply of the status subresource. */
  Write applyStatus(KubeObject desired, String fieldManager);

  /**
   * Deletes what is still the same object.
   *
   * @param uid empty for whatever has the name
   * @return whether something was there
   */
  boolean delete(ObjectKey key, String uid);

  /** Records an event on an object; best effort. */
  void event(KubeObject regarding, String type, String reason, String message);

  /** Whether the server serves a kind now. */
  boolean serves(ResourceType type);

  @Override
  void close();

  /** A list and the version to watch it from. */
  record Listing(List<KubeObject> items, String resourceVersion) {}

  /** What became of a write. */
  sealed interface Write {
    record Applied(KubeObject object) implements Write {}

    /** Other managers own fields of it; {@code message} names managers and paths. */
    record Contested(String message) implements Write {}

    /** Admission or validation said no, or a namespace is missing. */
    record Refused(int status, String message) implements Write {}
  }

  /** Receives what happens to objects of a type. */
  interface Watcher {
    void changed(KubeObject object);

    void deleted(KubeObject last);

    /** The stream ended; list anew and watch again. */
    void closed(String why);
  }
}
