package dev.salver.reconciler.apply;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.plan.Entry;
import dev.salver.reconciler.plan.Planner;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What was applied from Git, kept in ConfigMaps of the cluster itself: the process is disposable.
 *
 * <p>Entries live in shards of bounded size, and stay in the shard they are in; only shards that
 * changed are written. A shard is written with the version that was read, so a second writer is
 * noticed instead of overwritten. Not safe for use by several threads at once.
 */
public final class Inventory {
  /** At about 400 bytes an entry a shard stays under the megabyte that a ConfigMap may have. */
  private static final int SHARD = 1_000;

  private final Cluster cluster;
  private final String namespace;
  private final String name;
  private final Map<ObjectKey, Entry> entries = new TreeMap<>();
  private final Map<ObjectKey, Integer> shardOf = new HashMap<>();
  private final Map<Integer, Integer> sizes = new TreeMap<>();
  private final Map<Integer, String> versions = new HashMap<>();
  private final TreeSet<Integer> dirty = new TreeSet<>();
  private String commit = "";

  private Inventory(Cluster cluster, String namespace, String name) {
    this.cluster = cluster;
    this.namespace = namespace;
    this.name = name;
  }

  /** Reads what an earlier process left. */
  public static Inventory load(Cluster cluster, String namespace, String name) {
    var inventory = new Inventory(cluster, namespace, name);
    var maps = cluster.list(ResourceTypes.CONFIG_MAP, namespace, InventoryCodec.LABEL + "=" + name);
    for (KubeObject map : maps.items()) {
      inventory.take(map);
    }
    return inventory;
  }

  private void take(KubeObject map) {
    String suffix =
        map.name().startsWith(name + "-") ? map.name().substring(name.length() + 1) : "";
    if (!suffix.matches("[0-9]{1,6}")) {
      throw new InventoryException(
          map.key() + " bears the label of inventory '" + name + "' but not a shard's name");
    }
    int shard = Integer.parseInt(suffix);
    sizes.put(shard, 0);
    versions.put(shard, map.resourceVersion());
    commit = InventoryCodec.commit(map);
    for (Entry entry : InventoryCodec.entries(map)) {
      entries.put(entry.key(), entry);
      shardOf.put(entry.key(), shard);
      sizes.merge(shard, 1, Integer::sum);
    }
  }

  /** Every entry, in order. */
  public Map<ObjectKey, Entry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** The commit that the last written shard was written for. */
  public String commit() {
    return commit;
  }

  /** Changes an entry in memory; {@link #write} makes it last. */
  void put(Entry entry) {
    if (entry.equals(entries.put(entry.key(), entry))) {
      return;
    }
    dirty.add(shardOf.computeIfAbsent(entry.key(), key -> room()));
  }

  void remove(ObjectKey key) {
    if (entries.remove(key) == null) {
      return;
    }
    Integer shard = shardOf.remove(key);
    if (shard != null) {
      sizes.merge(shard, -1, Integer::sum);
      dirty.add(shard);
    }
  }

  private int room() {
    for (var shard : sizes.entrySet()) {
      if (shard.getValue() < SHARD) {
        sizes.merge(shard.getKey(), 1, Integer::sum);
        return shard.getKey();
      }
    }
    int next = sizes.size();
    while (sizes.containsKey(next)) {
      next++;
    }
    sizes.put(next, 1);
    return next;
  }

  /**
   * Writes what changed since the last time.
   *
   * @throws InventoryException where the cluster refuses; nothing may be applied then
   */
  void write(String forCommit) {
    while (!dirty.isEmpty()) {
      int shard = dirty.first();
      write(shard, forCommit);
      dirty.remove(shard);
    }
    commit = forCommit;
  }

  private void write(int shard, String forCommit) {
    var held = entries.values().stream().filter(entry -> shard == shardOf(entry)).toList();
    KubeObject map = InventoryCodec.configMap(namespace, name + "-" + shard, name, forCommit, held);
    String version = versions.get(shard);
    if (version == null && cluster.get(map.key()).isPresent()) {
      throw new InventoryException("The inventory " + map.key() + " was made by somebody else");
    } else if (version != null && !version.isEmpty()) {
      ((ObjectNode) map.metadata()).put("resourceVersion", version);
    }
    switch (cluster.apply(map, Planner.MANAGER, true)) {
      case Cluster.Write.Applied applied -> versions.put(shard, applied.object().resourceVersion());
      case Cluster.Write.Contested contested ->
          throw new InventoryException(
              "The inventory "
                  + map.key()
                  + " was changed by somebody else: "
                  + contested.message());
      case Cluster.Write.Refused refused ->
          throw new InventoryException(
              "The inventory " + map.key() + " cannot be written: " + refused.message());
    }
  }

  private int shardOf(Entry entry) {
    Integer shard = shardOf.get(entry.key());
    return shard == null ? -1 : shard;
  }
}
