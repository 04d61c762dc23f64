package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import java.time.Instant;
import java.util.Optional;

/**
 * A Knative object's status while one pass works on it. A generation that is seen for the first
 * time is not ready until the pass says so.
 *
 * @param tree everything but the conditions; the pass changes it
 */
record Status(KubeObject object, ObjectNode tree, Conditions conditions) {
  static Status of(KubeObject object, String... dependents) {
    ObjectNode tree =
        object.status() instanceof ObjectNode status ? status.deepCopy() : Json.object();
    var conditions = new Conditions(tree, dependents);
    var status = new Status(object, tree, conditions);
    if (status.isNewGeneration()) {
      conditions.markUnknown(
          Conditions.READY, "NewObservedGenFailure", "unsuccessfully observed a new generation");
    }
    return status;
  }

  boolean isNewGeneration() {
    return tree.path("observedGeneration").asLong() != object.generation();
  }

  String text(String field) {
    return tree.path(field).asText("");
  }

  /** The status as it is to be stored. */
  ObjectNode finish(Instant now) {
    tree.set("conditions", conditions.toTree(now));
    tree.put("observedGeneration", object.generation());
    return tree;
  }

  /** Whether an object's stored status is of its generation and Ready is True. */
  static boolean isReady(KubeObject object) {
    return isObserved(object) && object.is(Conditions.READY);
  }

  /** Whether an object's stored status is of its generation and Ready is False. */
  static boolean isFailed(KubeObject object) {
    return isObserved(object)
        && object.condition(Conditions.READY).path("status").asText().equals("False");
  }

  static boolean isObserved(KubeObject object) {
    return object.status().path("observedGeneration").asLong() == object.generation();
  }

  /** A stored condition. */
  static Optional<Conditions.Condition> condition(KubeObject object, String type) {
    return new Conditions(object.status()).get(type).filter(c -> c.mark() == 0);
  }
}
