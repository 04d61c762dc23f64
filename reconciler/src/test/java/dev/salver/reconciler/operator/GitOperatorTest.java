package dev.salver.reconciler.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.apply.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Commits go in, the cluster follows. */
class GitOperatorTest extends GitFollowed {
  @Test
  void aCommitIsAppliedAndReported() {
    String commit = commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertEquals("s3://b/1", uri(IRIS));
      assertTrue(operator.status().isSettled(), operator.status().toString());
      assertEquals(commit, operator.status().commitApplied());
      assertEquals(
          List.of(new OperatorStatus.ObjectStatus(IRIS, "iris.yaml", 1, Outcome.State.APPLIED, "")),
          operator.status().objects());
      assertTrue(happenings.contains(new Happening.CommitApplied(commit)));
    }
  }

  @Test
  void nothingButWhatGitHasIsWrittenOnAnInferenceService() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      KubeObject live = cluster.get(IRIS).orElseThrow();
      assertEquals(Map.of(), live.labels());
      assertEquals(Map.of(), live.annotations());
      assertTrue(operator.status().isSettled());
    }
  }

  @Test
  void aNewCommitChangesAddsAndDeletes() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1"), "w.yaml", service("wine", "s3://w")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      commit(
          Map.of("iris.yaml", service("iris", "s3://b/2"), "o.yaml", service("other", "s3://o")));
      operator.poke();
      time.pass(MOMENT);
      assertEquals("s3://b/2", uri(IRIS));
      assertTrue(cluster.get(WINE).isEmpty());
      assertTrue(cluster.get(isvc("other")).isPresent());
      assertTrue(operator.status().isSettled(), operator.status().toString());
    }
  }

  @Test
  void withoutAPokeTheBranchIsLookedAtInItsInterval() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      commit(Map.of("iris.yaml", service("iris", "s3://b/2")));
      time.pass(Duration.ofSeconds(20));
      assertEquals("s3://b/1", uri(IRIS));
      time.pass(Duration.ofSeconds(20));
      assertEquals("s3://b/2", uri(IRIS));
      assertTrue(operator.status().isSettled());
    }
  }

  @Test
  void whereNothingChangesNothingIsWrittenOrRead() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      cluster.writes.clear();
      var calls = new ArrayList<String>();
      cluster.beforeEachCall(calls::add);
      time.pass(Duration.ofMinutes(5));
      assertEquals(List.of(), cluster.writes);
      assertEquals(List.of(), calls);
      assertTrue(operator.status().isSettled());
    }
  }

  @Test
  void anOperatorThatStartsAgainWritesNothing() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    start(options()).close();
    try (var first = start(options())) {
      time.pass(MOMENT);
      assertTrue(first.status().isSettled());
    }
    cluster.writes.clear();
    try (var second = start(options())) {
      time.pass(MOMENT);
      assertTrue(second.status().isSettled());
      assertEquals(List.of(), cluster.writes);
    }
  }

  @Test
  void removingTheLastManifestDeletesItsObject() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertTrue(cluster.get(IRIS).isPresent());
      commit(Map.of());
      operator.poke();
      time.pass(MOMENT);
      assertTrue(cluster.get(IRIS).isEmpty(), operator.status().toString());
    }
  }

  @Test
  void namespacesAndRuntimesComeBeforeTheServicesThatNeedThem() {
    cluster.remove(new ObjectKey(ResourceTypes.NAMESPACE.gvk(), "", "demo"));
    commit(
        Map.of(
            "a.yaml",
            service("iris", "s3://b/1"),
            "z.yaml",
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: demo}\n",
            "y.yaml",
            "apiVersion: serving.kserve.io/v1alpha1\nkind: ServingRuntime\n"
                + "metadata: {name: r, namespace: demo}\nspec: {containers: []}\n"));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertTrue(operator.status().isSettled(), operator.status().toString());
      assertEquals(
          List.of(
              "apply Namespace demo",
              "apply ServingRuntime demo/r",
              "apply InferenceService demo/iris"),
          cluster.writes.stream().filter(w -> w.contains("demo")).toList());
    }
  }

  @Test
  void anUnknownKindIsAppliedToo() {
    var key = new ObjectKey(Gvk.of("example.com/v1", "Thing"), "demo", "t");
    commit(
        Map.of(
            "t.yaml",
            "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: t, namespace: demo}\n"));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertTrue(cluster.get(key).isPresent());
      assertTrue(operator.status().isSettled());
    }
  }
}
