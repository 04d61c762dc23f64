package dev.salver.kube.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import dev.salver.kube.schema.ListKeys;
import java.util.ArrayList;
import java.util.List;

/**
 * Kubernetes' strategic merge patch on trees: objects merge field by field, lists with a merge key
 * element by element, other lists are replaced, null removes. Directives ({@code $patch} and the
 * like) are not read: both sides come from typed fields, where they cannot occur.
 */
public final class StrategicMerge {
  private StrategicMerge() {}

  /**
   * The base with the patch laid over it; neither is changed.
   *
   * @param type of both, as {@link ListKeys} names it: {@code PodSpec}, {@code Container}
   */
  public static ObjectNode merge(JsonNode base, JsonNode patch, String type) {
    ObjectNode result = Trees.copy(base);
    for (var entry : patch.properties()) {
      String name = entry.getKey();
      JsonNode value = entry.getValue();
      JsonNode before = result.path(name);
      ListKeys.Field field = ListKeys.field(type, name, value.isArray());
      if (value.isNull()) {
        result.remove(name);
      } else if (value.isObject() && before.isObject()) {
        result.set(name, merge(before, value, field.type()));
      } else if (field.shape() == ListKeys.Shape.KEYED && before.isArray() && value.isArray()) {
        result.set(name, mergeList(before, value, field));
      } else {
        result.set(name, value.deepCopy());
      }
    }
    return result;
  }

  private static ArrayNode mergeList(JsonNode base, JsonNode patch, ListKeys.Field field) {
    String key = field.keys().getFirst();
    var merged = new ArrayList<JsonNode>();
    base.forEach(merged::add);
    for (JsonNode item : patch) {
      int at = indexOf(merged, item.path(key), key);
      if (at < 0) {
        merged.add(item.deepCopy());
      } else {
        merged.set(at, merge(merged.get(at), item, field.type()));
      }
    }
    return ordered(merged, Trees.items(base), Trees.items(patch), key);
  }

  /**
   * Kubernetes' order: patched elements as the patch orders them, the others as the base does; of
   * one of each, the base's comes first only where the base has both, in that order.
   */
  private static ArrayNode ordered(
      List<JsonNode> merged, List<JsonNode> base, List<JsonNode> patch, String key) {
    var kept = new ArrayList<JsonNode>();
    merged.stream().filter(m -> indexOf(patch, m.path(key), key) < 0).forEach(kept::add);
    var patched = new ArrayList<JsonNode>();
    for (JsonNode item : patch) {
      if (indexOf(patched, item.path(key), key) < 0) {
        patched.add(merged.get(indexOf(merged, item.path(key), key)));
      }
    }
    ArrayNode result = Json.array();
    int k = 0;
    int p = 0;
    while (k < kept.size() || p < patched.size()) {
      if (k < kept.size() && (p >= patched.size() || before(kept, k, patched, p, base, key))) {
        result.add(kept.get(k++));
      } else {
        result.add(patched.get(p++));
      }
    }
    return result;
  }

  private static boolean before(
      List<JsonNode> kept, int k, List<JsonNode> patched, int p, List<JsonNode> base, String key) {
    int keptAt = indexOf(base, kept.get(k).path(key), key);
    int patchedAt = indexOf(base, patched.get(p).path(key), key);
    return keptAt >= 0 && patchedAt >= 0 && keptAt < patchedAt;
  }

  private static int indexOf(List<JsonNode> list, JsonNode value, String key) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(value)) {
        return i;
      }
    }
    return -1;
  }
}
