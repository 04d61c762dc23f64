package dev.salver.sandbox.api;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One write in the store's history.
 *
 * @param version the resourceVersion it made
 * @param before absent for a creation
 * @param after absent for a removal
 * @param last for a removal: the last state, at the removal's version
 */
record Change(
    long version,
    ResourceType type,
    ObjectKey key,
    @Nullable KubeObject before,
    @Nullable KubeObject after,
    @Nullable KubeObject last) {

  /** The event for someone who sees only some objects; coming into sight is ADDED. */
  Optional<Api.Event> seenThrough(Predicate<KubeObject> filter) {
    boolean was = before != null && filter.test(before);
    if (after != null && filter.test(after)) {
      return Optional.of(
          new Api.Event(was ? Api.Event.Type.MODIFIED : Api.Event.Type.ADDED, after));
    }
    if (!was) {
      return Optional.empty();
    }
    KubeObject gone = last != null ? last : after != null ? after : before;
    return gone == null
        ? Optional.empty()
        : Optional.of(new Api.Event(Api.Event.Type.DELETED, gone));
  }
}
