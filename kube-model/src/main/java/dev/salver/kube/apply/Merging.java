package dev.salver.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;

/** Lays one value over another, and takes paths out of a value. Neither changes its arguments. */
final class Merging {
  private Merging() {}

  /** The values of {@code over} win; what it does not name stays. */
  static JsonNode merge(JsonNode live, JsonNode over, Structure structure) {
    if (over.isMissingNode()) {
      return live;
    }
    if (live.isMissingNode() || structure.rule() instanceof Structure.Rule.Atomic) {
      return over.deepCopy();
    }
    if (live.isObject() && over.isObject()) {
      ObjectNode result = ((ObjectNode) live).objectNode();
      result.setAll((ObjectNode) live);
      for (var field : over.properties()) {
        String name = field.getKey();
        result.set(name, merge(live.path(name), field.getValue(), structure.field(name)));
      }
      return result;
    }
    if (!over.isEmpty()
        && ListItems.itemwise(live, structure)
        && ListItems.itemwise(over, structure)) {
      return items(live, over, structure);
    }
    return over.deepCopy();
  }

  /** Applied items keep their order, others keep their place among the live ones. */
  private static ArrayNode items(JsonNode live, JsonNode over, Structure structure) {
    var old = ListItems.byElement(live, structure).orElseThrow();
    var now = ListItems.byElement(over, structure).orElseThrow();
    var left = new ArrayList<>(old.entrySet());
    var right = new ArrayList<>(now.entrySet());
    var merged = new HashSet<String>();
    ArrayNode result = Json.array();
    int l = 0;
    int r = 0;
    while (l < left.size() || r < right.size()) {
      if (l < left.size() && merged.contains(left.get(l).getKey())) {
        l++;
      } else if (l < left.size() && !now.containsKey(left.get(l).getKey())) {
        result.add(left.get(l++).getValue());
      } else if (r < right.size()) {
        Map.Entry<String, JsonNode> item = right.get(r++);
        merged.add(item.getKey());
        result.add(
            merge(
                old.getOrDefault(item.getKey(), MissingNode.getInstance()),
                item.getValue(),
                structure.items()));
      }
    }
    return result;
  }

  /** Without the paths of a set; containers that this leaves empty go too. */
  static JsonNode remove(JsonNode value, FieldSet gone, Structure structure) {
    if (gone.children().isEmpty() || value.isEmpty()) {
      return value;
    }
    if (value.isObject()) {
      ObjectNode result = Json.object();
      for (var field : value.properties()) {
        String name = field.getKey();
        FieldSet below = gone.child(FieldPath.field(name));
        if (!below.member()) {
          keep(result, name, remove(field.getValue(), below, structure.field(name)));
        }
      }
      return result.isEmpty() ? MissingNode.getInstance() : result;
    }
    if (!ListItems.itemwise(value, structure)) {
      return value;
    }
    ArrayNode result = Json.array();
    ListItems.byElement(value, structure)
        .orElseThrow()
        .forEach(
            (element, item) -> {
              FieldSet below = gone.child(element);
              if (!below.member()) {
                JsonNode left = remove(item, below, structure.items());
                if (!left.isMissingNode()) {
                  result.add(left);
                }
              }
            });
    return result.isEmpty() ? MissingNode.getInstance() : result;
  }

  private static void keep(ObjectNode object, String name, JsonNode value) {
    if (!value.isMissingNode()) {
      object.set(name, value);
    }
  }
}
