package dev.salver.sandbox.controllers;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** A level-triggered controller: which changes concern it, and one pass over one key. */
public interface Controller {
  /** For logs. */
  String name();

  List<Source> sources();

  /**
   * Brings the world of one key a step nearer to what is wanted. Called for one key at a time.
   *
   * @param wake asks for a pass over another key of this controller
   * @return when to look again even if nothing changes
   */
  Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake);

  /**
   * Which keys a change of a type wakes. Runs on the API's thread: it reads the object alone.
   *
   * @param wakes the changed (or removed) object to keys
   */
  record Source(ResourceType type, Function<KubeObject, Collection<ObjectKey>> wakes) {
    /** The object's own key. */
    public static Source of(ResourceType type) {
      return new Source(type, object -> List.of(object.key()));
    }

    /** The key of the object that controls this one, where it is of the given type. */
    public static Source ownedBy(ResourceType type, ResourceType owner) {
      return new Source(
          type,
          object -> {
            var reference = object.controllerReference();
            return reference.path("kind").asText().equals(owner.gvk().kind())
                    && reference.path("apiVersion").asText().equals(owner.gvk().apiVersion())
                ? List.of(
                    new ObjectKey(owner.gvk(), object.namespace(), reference.path("name").asText()))
                : List.of();
          });
    }

    /** The key that a label names, in the object's namespace. */
    public static Source labelled(ResourceType type, String label, ResourceType target) {
      return new Source(
          type,
          object ->
              object.label(label).stream()
                  .map(name -> new ObjectKey(target.gvk(), object.namespace(), name))
                  .toList());
    }
  }
}
