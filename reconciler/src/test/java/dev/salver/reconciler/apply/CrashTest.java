package dev.salver.reconciler.apply;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.FakeCluster;
import dev.salver.reconciler.plan.Entry;
import dev.salver.reconciler.plan.Planner;
import dev.salver.reconciler.source.Canonical;
import dev.salver.reconciler.source.Manifest;
import dev.salver.reconciler.source.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The process dies after any write; what comes after is as if it had not. */
class CrashTest {
  private static final int MOST_WRITES = 60;
  private static final Snapshot FIRST =
      snapshot("c1", manifest("a", 1), manifest("b", 1), manifest("c", 1), manifest("d", 1));
  private static final Snapshot SECOND =
      snapshot("c2", manifest("b", 2), manifest("c", 1), manifest("e", 1), manifest("f", 1));
  private static final Snapshot THIRD = snapshot("c3", manifest("c", 3), manifest("g", 1));

  private static Manifest manifest(String name, int version) {
    KubeObject object = KubeObject.named(ResourceTypes.INFERENCE_SERVICE.gvk(), "demo", name);
    object.tree().putObject("spec").put("version", version);
    return new Manifest(object.key(), object, Canonical.digest(object.tree()), name + ".yaml", 1);
  }

  private static Snapshot snapshot(String commit, Manifest... manifests) {
    var all = new TreeMap<ObjectKey, Manifest>();
    for (Manifest manifest : manifests) {
      all.put(manifest.key(), manifest);
    }
    return new Snapshot(commit, all, MissingNode.getInstance());
  }

  private static FakeCluster cluster() {
    var cluster = new FakeCluster();
    cluster.create(KubeObject.named(ResourceTypes.NAMESPACE.gvk(), "", "demo"), "test");
    cluster.create(KubeObject.named(ResourceTypes.NAMESPACE.gvk(), "", "salver-system"), "test");
    return cluster;
  }

  /** A process from its start to the end of one pass. */
  private static List<Outcome> process(FakeCluster cluster, Snapshot snapshot) {
    Inventory inventory = Inventory.load(cluster, "salver-system", "inv");
    return process(cluster, inventory, snapshot);
  }

  private static List<Outcome> process(
      FakeCluster cluster, Inventory inventory, Snapshot snapshot) {
    var plan = Planner.plan(snapshot, inventory.entries(), cluster::get);
    return new Applier(cluster, inventory, object -> {})
        .apply(snapshot.commit(), plan.actions(), action -> true);
  }

  private static Map<String, Integer> services(FakeCluster cluster) {
    var versions = new TreeMap<String, Integer>();
    for (ObjectKey key : cluster.keys()) {
      if (key.gvk().equals(ResourceTypes.INFERENCE_SERVICE.gvk())) {
        versions.put(key.name(), cluster.get(key).orElseThrow().spec().path("version").asInt());
      }
    }
    return versions;
  }

  private static void assertInventoryMatches(FakeCluster cluster, String message) {
    Inventory inventory = Inventory.load(cluster, "salver-system", "inv");
    assertEquals(
        services(cluster).keySet(),
        inventory.entries().keySet().stream()
            .map(ObjectKey::name)
            .collect(Collectors.toCollection(TreeSet::new)),
        message);
    assertTrue(
        inventory.entries().values().stream().allMatch(e -> e.state() == Entry.State.APPLIED),
        message);
  }

  /** Returns whether the process died. */
  private static boolean dies(FakeCluster cluster, Snapshot snapshot, int writes) {
    cluster.dieAfter(writes);
    try {
      process(cluster, snapshot);
      return false;
    } catch (FakeCluster.Killed e) {
      return true;
    } finally {
      cluster.live();
    }
  }

  @Test
  void aProcessThatDiesAfterAnyWriteIsFinishedByTheNext() {
    int points = 0;
    for (int k = 1; k <= MOST_WRITES; k++) {
      FakeCluster cluster = cluster();
      process(cluster, FIRST);
      boolean died = dies(cluster, SECOND, k);
      process(cluster, SECOND);
      assertEquals(Map.of("b", 2, "c", 1, "e", 1, "f", 1), services(cluster), "write " + k);
      assertInventoryMatches(cluster, "write " + k);
      if (!died) {
        break;
      }
      points++;
    }
    assertTrue(points >= 7, "only " + points + " points to die at");
  }

  @Test
  void nothingLeaksWhereGitMovesOnWhileTheProcessIsDead() {
    for (int k = 1; k <= MOST_WRITES; k++) {
      FakeCluster cluster = cluster();
      process(cluster, FIRST);
      boolean died = dies(cluster, SECOND, k);
      process(cluster, THIRD);
      assertEquals(Map.of("c", 3, "g", 1), services(cluster), "write " + k);
      assertInventoryMatches(cluster, "write " + k);
      if (!died) {
        break;
      }
    }
  }

  @Test
  void aProcessThatDiesTwiceIsFinishedByTheThird() {
    boolean died = true;
    for (int k = 1; died && k <= MOST_WRITES; k++) {
      for (int j = 1; j <= 12; j++) {
        FakeCluster cluster = cluster();
        process(cluster, FIRST);
        died = dies(cluster, SECOND, k);
        dies(cluster, THIRD, j);
        process(cluster, FIRST);
        assertEquals(
            Map.of("a", 1, "b", 1, "c", 1, "d", 1), services(cluster), "writes " + k + ", " + j);
        assertInventoryMatches(cluster, "writes " + k + ", " + j);
      }
    }
  }

  @Test
  void theIntentIsWrittenBeforeTheFirstObject() {
    FakeCluster cluster = cluster();
    process(cluster, FIRST);
    assertEquals("apply ConfigMap salver-system/inv-0", cluster.writes.getFirst());
    assertEquals("apply ConfigMap salver-system/inv-0", cluster.writes.getLast());
    assertEquals(6, cluster.writes.size());
  }

  @Test
  void anObjectThatSomebodyElseMadeWhileAWriteWasOnlyIntendedIsNotDeleted() {
    FakeCluster cluster = cluster();
    process(cluster, THIRD);
    assertTrue(dies(cluster, SECOND, 1), "dies with the intent written");
    cluster.create(manifest("e", 9).object(), "kubectl");
    process(cluster, THIRD);
    assertEquals(9, services(cluster).get("e"));
  }

  @Test
  void anObjectThatWasReplacedBySomebodyElseIsNotDeleted() {
    FakeCluster cluster = cluster();
    process(cluster, FIRST);
    cluster.remove(manifest("a", 1).key());
    cluster.create(manifest("a", 9).object(), "kubectl");
    process(cluster, SECOND);
    assertEquals(9, services(cluster).get("a"));
  }

  @Test
  void aSecondWriterIsNoticedBeforeItAppliesAnything() {
    FakeCluster cluster = cluster();
    process(cluster, FIRST);
    Inventory held = Inventory.load(cluster, "salver-system", "inv");
    process(cluster, SECOND);
    cluster.writes.clear();
    assertThrows(InventoryException.class, () -> process(cluster, held, THIRD));
    assertEquals(List.of(), cluster.writes);
  }

  @Test
  void twoFirstWritersDoNotOverwriteEachOther() {
    FakeCluster cluster = cluster();
    Inventory late = Inventory.load(cluster, "salver-system", "inv");
    process(cluster, FIRST);
    assertThrows(InventoryException.class, () -> process(cluster, late, THIRD));
    assertInventoryMatches(cluster, "the first one's");
  }

  @Test
  void aDamagedInventoryStopsEverything() {
    FakeCluster cluster = cluster();
    process(cluster, FIRST);
    cluster.edit(
        new ObjectKey(ResourceTypes.CONFIG_MAP.gvk(), "salver-system", "inv-0"),
        "kubectl",
        tree -> ((ObjectNode) tree.path("data")).put("entries", "{\"kind\":"));
    var damaged = assertThrows(InventoryException.class, () -> process(cluster, SECOND));
    assertTrue(damaged.getMessage().contains("line 1"), damaged.getMessage());
    assertEquals(4, services(cluster).size());
  }

  @Test
  void thousandsOfEntriesAreSpreadOverConfigMaps() {
    FakeCluster cluster = cluster();
    var manifests = new Manifest[2_500];
    for (int i = 0; i < manifests.length; i++) {
      manifests[i] = manifest("m" + i, 1);
    }
    process(cluster, snapshot("many", manifests));
    assertEquals(
        3,
        cluster.keys().stream()
            .filter(key -> key.gvk().equals(ResourceTypes.CONFIG_MAP.gvk()))
            .count());
    assertInventoryMatches(cluster, "many");
    process(cluster, FIRST);
    assertInventoryMatches(cluster, "few again");
  }
}
