package dev.salver.reconciler.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.git.Author;
import dev.salver.git.BareRepository;
import dev.salver.kube.Gvk;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import dev.salver.reconciler.FakeCluster;
import dev.salver.reconciler.VirtualScheduler;
import dev.salver.reconciler.apply.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits go in, the cluster follows. */
class GitOperatorTest {
  private static final Duration MOMENT = Duration.ofSeconds(1);
  private static final ObjectKey IRIS = isvc("iris");
  private static final ObjectKey WINE = isvc("wine");

  @TempDir Path folder;
  private final FakeCluster cluster = new FakeCluster();
  private final VirtualScheduler time = new VirtualScheduler();
  private final List<Happening> happenings = new ArrayList<>();

  @BeforeEach
  void namespace() {
    cluster.create(KubeObject.named(ResourceTypes.NAMESPACE.gvk(), "", "demo"), "test");
  }

  private static ObjectKey isvc(String name) {
    return new ObjectKey(ResourceTypes.INFERENCE_SERVICE.gvk(), "demo", name);
  }

  private static String service(String name, String uri) {
    return """
    apiVersion: serving.kserve.io/v1beta1
    kind: InferenceService
    metadata:
      name: %s
      namespace: demo
    spec:
      predictor:
        model:
          storageUri: %s
    """
        .formatted(name, uri);
  }

  private String commit(Map<String, String> files) {
    var bytes = new HashMap<String, byte[]>();
    files.forEach((path, text) -> bytes.put(path, text.getBytes(StandardCharsets.UTF_8)));
    try (var repository = BareRepository.open(folder.resolve("live.git"))) {
      return repository
          .commit(
              "main", "local", bytes, "Update", new Author("Ann", "ann@example.com"), time.now())
          .id();
    }
  }

  private OperatorOptions options() {
    return OperatorOptions.of(
            folder.resolve("live.git").toString(), "main", "local", folder.resolve("mirror"))
        .withServing(OperatorOptions.Serving.OFF);
  }

  private Operator start(OperatorOptions options) {
    return Operator.start(cluster, options, time, happenings::add);
  }

  private String uri(ObjectKey key) {
    return cluster
        .get(key)
        .orElseThrow()
        .spec()
        .path("predictor")
        .path("model")
        .path("storageUri")
        .asText();
  }

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
  void aBrokenCommitIsNamedByFileAndLineAndTheOldStateStays() {
    String good = commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      String bad =
          commit(
              Map.of(
                  "iris.yaml",
                  service("iris", "s3://b/2"),
                  "wine.yaml",
                  "apiVersion: v1\nkind: [\n"));
      operator.poke();
      time.pass(MOMENT);
      assertEquals("s3://b/1", uri(IRIS));
      OperatorStatus status = operator.status();
      assertEquals(bad, status.commitSeen());
      assertEquals(good, status.commitRead());
      assertTrue(
          status.problems().getFirst().toString().startsWith("wine.yaml:2: not YAML: "),
          status.problems().toString());
      cluster.remove(IRIS);
      time.pass(MOMENT);
      assertEquals("s3://b/1", uri(IRIS), "the old state is still kept up");
    }
  }

  @Test
  void afterARestartOnABrokenCommitTheLastGoodOneIsKeptUp() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertTrue(operator.status().isSettled());
    }
    commit(Map.of("iris.yaml", "nonsense"));
    cluster.remove(IRIS);
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertEquals("s3://b/1", uri(IRIS));
      assertFalse(operator.status().isSettled());
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
  void anotherRepositoryWithoutTheManifestsDeletesNothingUntilThatIsAllowed() throws IOException {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertTrue(operator.status().isSettled(), operator.status().toString());
    }
    commit(Map.of());
    Files.move(folder.resolve("mirror"), folder.resolve("before"));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertTrue(cluster.get(IRIS).isPresent());
      String message = operator.status().problems().getFirst().message();
      assertTrue(message.contains("no folder 'local'"), message);
      assertTrue(message.contains("nothing is deleted"), message);
    }
    try (var operator = start(options().withOwnRepository())) {
      time.pass(MOMENT);
      assertTrue(cluster.get(IRIS).isEmpty());
      assertTrue(operator.status().isSettled(), operator.status().toString());
    }
  }

  @Test
  void aRefusedObjectIsNamedTheOthersGoOnAndItIsTriedAgain() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1"), "w.yaml", service("wine", "s3://w")));
    cluster.refuse(IRIS, 422, "spec.predictor.model.modelFormat: Required value");
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertTrue(cluster.get(WINE).isPresent());
      var iris = operator.status().objects().getFirst();
      assertEquals(Outcome.State.REFUSED, iris.state());
      assertTrue(iris.message().contains("modelFormat"));
      cluster.allow(IRIS);
      time.pass(Duration.ofMinutes(1));
      assertTrue(cluster.get(IRIS).isPresent());
      assertTrue(operator.status().isSettled(), operator.status().toString());
    }
  }

  @Test
  void aMissingNamespaceIsExplained() {
    cluster.remove(new ObjectKey(ResourceTypes.NAMESPACE.gvk(), "", "demo"));
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertEquals(
          "namespace demo does not exist; create it, or put it into Git",
          operator.status().objects().getFirst().message());
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
  void anApiServerThatIsAwayForAWhileIsCaughtUpWith() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    cluster.goDown();
    try (var operator = start(options())) {
      time.pass(Duration.ofSeconds(10));
      assertTrue(
          happenings.stream().anyMatch(h -> h instanceof Happening.Retrying), "a retry is visible");
      cluster.comeBack();
      time.pass(Duration.ofMinutes(1));
      assertTrue(operator.status().isSettled(), operator.status().toString());
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

  @Test
  void aForcePushedBranchStopsUntilItIsAllowed() {
    commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertTrue(operator.status().isSettled());
    }
    rewrite();
    commit(Map.of("iris.yaml", service("iris", "s3://b/2")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertEquals("s3://b/1", uri(IRIS));
      assertTrue(operator.status().problems().getFirst().message().contains("rewritten"));
    }
    try (var operator = start(options().withOwnRepository())) {
      time.pass(MOMENT);
      assertEquals("s3://b/2", uri(IRIS));
      assertTrue(operator.status().isSettled(), operator.status().toString());
    }
  }

  private void rewrite() {
    try (var files = java.nio.file.Files.walk(folder.resolve("live.git"))) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
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
