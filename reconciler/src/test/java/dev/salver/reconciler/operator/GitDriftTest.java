package dev.salver.reconciler.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import dev.salver.reconciler.apply.Outcome;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What others do to objects of Git is undone, left alone or named. */
class GitDriftTest extends GitFollowed {
  @Test
  void aValueThatSomebodyChangedIsPutBackAtOnce() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      cluster.edit(
          IRIS,
          "kubectl-edit",
          tree -> ((ObjectNode) tree.at("/spec/predictor/model")).put("storageUri", "s3://x"));
      time.pass(MOMENT);
      assertEquals("s3://b/1", uri(IRIS));
      assertTrue(operator.status().isSettled());
    }
  }

  @Test
  void aRunningRolloutsFieldsAreNotTakenBack() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      cluster.edit(
          IRIS,
          "salver-rollout",
          tree -> ((ObjectNode) tree.at("/spec/predictor/model")).put("storageUri", "s3://x"));
      time.pass(MOMENT);
      assertEquals("s3://x", uri(IRIS));
      assertEquals(Outcome.State.CONTESTED, operator.status().objects().getFirst().state());
    }
  }

  @Test
  void whatOthersAddBesideGitsFieldsStays() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      cluster.edit(
          IRIS, "hpa", tree -> ((ObjectNode) tree.at("/spec/predictor")).put("minReplicas", 3));
      commit(Map.of("iris.yaml", service("iris", "s3://b/2")));
      operator.poke();
      time.pass(MOMENT);
      assertEquals("s3://b/2", uri(IRIS));
      assertEquals(3, cluster.get(IRIS).orElseThrow().spec().at("/predictor/minReplicas").asInt());
    }
  }

  @Test
  void aForeignManagersFieldIsNotOverwrittenAndTheConflictIsNamed() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1"), "w.yaml", service("wine", "s3://w")));
    cluster.create(
        new KubeObject((ObjectNode) Yaml.documents(service("iris", "s3://theirs")).getFirst()),
        "kubectl");
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertEquals("s3://theirs", uri(IRIS));
      assertEquals("s3://w", uri(WINE));
      var iris = operator.status().objects().getFirst();
      assertEquals(Outcome.State.CONTESTED, iris.state());
      assertTrue(iris.message().contains("kubectl"), iris.message());
      assertFalse(operator.status().isSettled());
    }
  }

  @Test
  void aDeletedObjectComesBack() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      cluster.remove(IRIS);
      time.pass(MOMENT);
      assertTrue(cluster.get(IRIS).isPresent());
      assertTrue(operator.status().isSettled());
    }
  }

  @Test
  void anObjectWithAFinalizerIsWaitedForWithoutHoldingUpTheRest() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1"), "w.yaml", service("wine", "s3://w")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      cluster.edit(
          WINE,
          "somebody",
          tree -> ((ObjectNode) tree.path("metadata")).putArray("finalizers").add("x/y"));
      commit(Map.of("iris.yaml", service("iris", "s3://b/2")));
      operator.poke();
      time.pass(MOMENT);
      assertEquals("s3://b/2", uri(IRIS));
      var wine = operator.status().objects().getLast();
      assertEquals(Outcome.State.DELETING, wine.state());
      assertEquals("waits for finalizers x/y", wine.message());
      cluster.remove(WINE);
      time.pass(MOMENT);
      assertTrue(operator.status().isSettled(), operator.status().toString());
      assertEquals(1, operator.status().objects().size());
    }
  }

  @Test
  void aWatchThatBreaksLosesNothing() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      cluster.closeWatches(ResourceTypes.INFERENCE_SERVICE);
      cluster.remove(IRIS);
      time.pass(MOMENT);
      assertTrue(cluster.get(IRIS).isPresent());
      assertTrue(operator.status().isSettled());
    }
  }
}
