package dev.salver.reconciler.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.plan.Entry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/**
 * Inventory entries in ConfigMaps: one JSON object per line, sorted, so that diffs are readable.
 */
final class InventoryCodec {
  static final String LABEL = "salver.dev/inventory";
  private static final String ENTRIES = "entries";
  private static final String COMMIT = "commit";

  private InventoryCodec() {}

  static KubeObject configMap(
      String namespace, String name, String inventory, String commit, Collection<Entry> entries) {
    KubeObject map = KubeObject.named(ResourceTypes.CONFIG_MAP.gvk(), namespace, name);
    ((ObjectNode) map.metadata()).putObject("labels").put(LABEL, inventory);
    var sorted = new TreeMap<ObjectKey, Entry>();
    entries.forEach(entry -> sorted.put(entry.key(), entry));
    var lines = new StringBuilder();
    sorted.values().forEach(entry -> lines.append(Json.write(line(entry))).append('\n'));
    map.tree().putObject("data").put(COMMIT, commit).put(ENTRIES, lines.toString());
    return map;
  }

  /**
   * The entries of a ConfigMap.
   *
   * @throws InventoryException where a line cannot be read: guessing could delete what is in use
   */
  static List<Entry> entries(KubeObject map) {
    var entries = new ArrayList<Entry>();
    String text = map.tree().path("data").path(ENTRIES).asText();
    int number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      try {
        entries.add(entry(Json.parse(line)));
      } catch (IllegalArgumentException e) {
        throw new InventoryException(
            map.key()
                + " is damaged in line "
                + number
                + " of '"
                + ENTRIES
                + "': "
                + e.getMessage());
      }
    }
    return entries;
  }

  static String commit(KubeObject map) {
    return map.tree().path("data").path(COMMIT).asText();
  }

  private static ObjectNode line(Entry entry) {
    ObjectNode line = Json.object();
    line.put("apiVersion", entry.key().gvk().apiVersion()).put("kind", entry.key().gvk().kind());
    line.put("namespace", entry.key().namespace()).put("name", entry.key().name());
    line.put("uid", entry.uid()).put("digest", entry.digest()).put("owned", entry.owned());
    line.put("state", entry.state().name());
    return line;
  }

  private static Entry entry(JsonNode line) {
    var key =
        new ObjectKey(
            Gvk.of(text(line, "apiVersion"), text(line, "kind")),
            line.path("namespace").asText(),
            text(line, "name"));
    return new Entry(
        key,
        line.path("uid").asText(),
        line.path("digest").asText(),
        line.path("owned").asText(),
        Entry.State.valueOf(text(line, "state")));
  }

  private static String text(JsonNode line, String field) {
    String value = line.path(field).asText();
    if (value.isEmpty()) {
      throw new IllegalArgumentException("no " + field);
    }
    return value;
  }
}
