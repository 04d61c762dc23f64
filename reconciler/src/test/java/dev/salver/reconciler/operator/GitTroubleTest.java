package dev.salver.reconciler.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.apply.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What cannot be applied is named, and the last good state is kept up. */
class GitTroubleTest extends GitFollowed {
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
  void aMirrorThatLostItsObjectsIsSetAsideAndFetchedAnew() throws IOException {
    String commit = commit(Map.of("iris.yaml", service("iris", "s3://b/1")));
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertTrue(operator.status().isSettled(), operator.status().toString());
    }
    Path objects = folder.resolve("mirror/objects");
    Files.move(objects, folder.resolve("lost"));
    Files.createDirectories(objects);
    cluster.remove(IRIS);
    try (var operator = start(options())) {
      time.pass(MOMENT);
      assertEquals(commit, operator.status().commitApplied(), operator.status().toString());
      assertEquals("s3://b/1", uri(IRIS));
      assertTrue(Files.isDirectory(folder.resolve("mirror.damaged")));
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
}
