package dev.salver.reconciler.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.reconciler.source.Canonical;
import dev.salver.reconciler.source.Manifest;
import dev.salver.reconciler.source.Snapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Given Git, inventory and cluster, expect actions. */
class PlannerTest {
  private static final ObjectKey IRIS =
      key("serving.kserve.io/v1beta1", "InferenceService", "iris");

  private static ObjectKey key(String apiVersion, String kind, String name) {
    boolean clustered = List.of("Namespace", "ClusterServingRuntime").contains(kind);
    return new ObjectKey(Gvk.of(apiVersion, kind), clustered ? "" : "demo", name);
  }

  private static Manifest manifest(ObjectKey key) {
    KubeObject object = KubeObject.named(key.gvk(), key.namespace(), key.name());
    object.tree().putObject("spec").put("uri", "one");
    return new Manifest(key, object, Canonical.digest(object.tree()), "f.yaml", 1);
  }

  private static Snapshot snapshot(ObjectKey... keys) {
    var manifests = new TreeMap<ObjectKey, Manifest>();
    Arrays.stream(keys).forEach(key -> manifests.put(key, manifest(key)));
    return new Snapshot("c0ffee", manifests, MissingNode.getInstance());
  }

  /** The object as the server has it after we applied it. */
  private static KubeObject live(String uid, String uri, String manager) {
    KubeObject object = manifest(IRIS).object().copy();
    ((ObjectNode) object.spec()).put("uri", uri);
    ObjectNode metadata = (ObjectNode) object.metadata();
    metadata.put("uid", uid);
    ObjectNode entry = metadata.putArray("managedFields").addObject();
    entry.put("manager", manager).put("operation", "Apply");
    entry.set("fieldsV1", Json.parse("{\"f:spec\":{\"f:uri\":{}}}"));
    return object;
  }

  private static Entry applied(String uid) {
    return new Entry(
        IRIS,
        uid,
        manifest(IRIS).digest(),
        OwnedFields.digest(live(uid, "one", "salver-git"), "salver-git"),
        Entry.State.APPLIED);
  }

  private static KubeObject beingDeleted() {
    KubeObject live = live("u1", "one", "salver-git");
    ((ObjectNode) live.metadata()).put("deletionTimestamp", "2026-11-22T12:00:00Z");
    return live;
  }

  static Stream<Arguments> situations() {
    KubeObject asApplied = live("u1", "one", "salver-git");
    Entry applied = applied("u1");
    Entry older = new Entry(IRIS, "u1", "0ld", applied.owned(), Entry.State.APPLIED);
    return Stream.of(
        Arguments.of("nothing there, never applied", null, null, "create"),
        Arguments.of("as it was applied", applied, asApplied, "none"),
        Arguments.of("Git has another version", older, asApplied, "GIT ours"),
        Arguments.of(
            "somebody changed a value", applied, live("u1", "two", "salver-git"), "DRIFT ours"),
        Arguments.of(
            "somebody took all fields over", applied, live("u1", "one", "kubectl"), "DRIFT ours"),
        Arguments.of("somebody deleted it", applied, null, "create"),
        Arguments.of(
            "somebody made it anew", applied, live("u2", "one", "salver-git"), "REPLACED theirs"),
        Arguments.of("it is there, we never applied it", null, asApplied, "UNCERTAIN theirs"),
        Arguments.of(
            "we died in the middle of changing it",
            Entry.intended(IRIS, "u1"),
            asApplied,
            "UNCERTAIN ours"),
        Arguments.of(
            "we died in the middle of making it", Entry.intended(IRIS, ""), null, "create"),
        Arguments.of("Git wants it back while it goes", applied.deleting(), beingDeleted(), "wait"),
        Arguments.of(
            "Git wants it back before it went", applied.deleting(), asApplied, "UNCERTAIN ours"));
  }

  @ParameterizedTest(name = "{0}: {3}")
  @MethodSource("situations")
  void oneObject(String situation, Entry entry, KubeObject live, String expected) {
    Map<ObjectKey, Entry> inventory = entry == null ? Map.of() : Map.of(IRIS, entry);
    var plan = Planner.plan(snapshot(IRIS), inventory, key -> Optional.ofNullable(live));
    assertEquals(List.of(expected), plan.actions().stream().map(PlannerTest::word).toList());
  }

  private static String word(Action action) {
    return switch (action) {
      case Action.Create create -> "create";
      case Action.Change change -> change.cause() + (change.ours() ? " ours" : " theirs");
      case Action.Prune prune -> "prune";
      case Action.None none -> none.waitsFor().isEmpty() ? "none" : "wait";
    };
  }

  @Test
  void whatOthersNeedComesFirstAndGoesLast() {
    ObjectKey namespace = key("v1", "Namespace", "demo");
    ObjectKey config = key("v1", "ConfigMap", "c");
    ObjectKey cluster = key("serving.kserve.io/v1alpha1", "ClusterServingRuntime", "r");
    ObjectKey runtime = key("serving.kserve.io/v1alpha1", "ServingRuntime", "r");
    ObjectKey graph = key("serving.kserve.io/v1alpha1", "InferenceGraph", "g");
    ObjectKey rollout = key("salver.dev/v1alpha1", "Rollout", "iris");
    var order = List.of(namespace, config, cluster, runtime, IRIS, graph, rollout);
    var create =
        plan(snapshot(rollout, graph, IRIS, runtime, cluster, config, namespace), Map.of());
    assertEquals(order, create.actions().stream().map(Action::key).toList());
    var inventory = new TreeMap<ObjectKey, Entry>();
    order.forEach(key -> inventory.put(key, Entry.intended(key, "u")));
    var keep = key("v1", "ConfigMap", "keep");
    var delete = plan(snapshot(keep), inventory);
    assertEquals(keep, delete.actions().getFirst().key());
    assertEquals(order.reversed(), delete.actions().stream().skip(1).map(Action::key).toList());
    assertTrue(delete.changes());
  }

  private static Plan plan(Snapshot snapshot, Map<ObjectKey, Entry> inventory) {
    return Planner.plan(snapshot, inventory, key -> Optional.empty());
  }

  @Test
  void whatIsAlreadyBeingDeletedStaysToBeWatched() {
    var inventory = Map.of(IRIS, applied("u1").deleting());
    var plan = plan(snapshot(), inventory);
    assertEquals(List.of("prune"), plan.actions().stream().map(PlannerTest::word).toList());
  }

  @Test
  void nothingToDoIsNoChange() {
    var plan =
        Planner.plan(
            snapshot(IRIS),
            Map.of(IRIS, applied("u1")),
            key -> Optional.of(live("u1", "one", "salver-git")));
    assertFalse(plan.changes());
  }
}
