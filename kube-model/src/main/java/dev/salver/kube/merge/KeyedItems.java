package dev.salver.kube.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.salver.kube.Json;
import java.util.ArrayList;
import java.util.List;

/**
 * Items of a list that are told apart by one field.
 *
 * @param key the field; empty where the items are scalars, told apart by what they are
 */
record KeyedItems(String key) {
  int indexOf(List<JsonNode> list, JsonNode item) {
    JsonNode wanted = id(item);
    for (int i = 0; i < list.size(); i++) {
      if (id(list.get(i)).equals(wanted)) {
        return i;
      }
    }
    return -1;
  }

  private JsonNode id(JsonNode item) {
    return key.isEmpty() ? item : item.path(key);
  }

  /**
   * Kubernetes' order: named items as they are named, the others as the base has them; of one of
   * each, the base's comes first only where the base has both, in that order.
   *
   * @param named an order for some of the items; it may name what is not there
   */
  ArrayNode ordered(List<JsonNode> merged, List<JsonNode> base, List<JsonNode> named) {
    var others = merged.stream().filter(item -> indexOf(named, item) < 0).toList();
    var first = new ArrayList<JsonNode>();
    for (JsonNode item : named) {
      int at = indexOf(merged, item);
      if (at >= 0 && indexOf(first, item) < 0) {
        first.add(merged.get(at));
      }
    }
    ArrayNode result = Json.array();
    int o = 0;
    int f = 0;
    while (o < others.size() || f < first.size()) {
      if (f == first.size() || (o < others.size() && isBefore(base, others.get(o), first.get(f)))) {
        result.add(others.get(o++));
      } else {
        result.add(first.get(f++));
      }
    }
    return result;
  }

  private boolean isBefore(List<JsonNode> base, JsonNode one, JsonNode other) {
    int at = indexOf(base, one);
    return at >= 0 && at < indexOf(base, other);
  }
}
