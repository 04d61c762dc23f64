package dev.salver.sandbox.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.apply.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Strategic merge patch: lists that are told apart by a key are merged item by item, with the
 * directives {@code $patch}, {@code $deleteFromPrimitiveList}, {@code $setElementOrder} and {@code
 * $retainKeys}. A list with several keys is merged by the first, as Kubernetes does.
 */
public final class StrategicMerge {
  private static final String PATCH = "$patch";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
  private static final String ORDER = "$setElementOrder/";
  private static final String RETAIN = "$retainKeys";

  private StrategicMerge() {}

  /** Applies a patch to a copy. */
  public static JsonNode apply(JsonNode target, JsonNode patch, Structure structure) {
    if (!patch.isObject()) {
      throw new BadPatch("a strategic merge patch is an object");
    }
    return object(target, (ObjectNode) patch, structure);
  }

  private static ObjectNode object(JsonNode target, ObjectNode patch, Structure structure) {
    ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : Json.object();
    switch (patch.path(PATCH).asText("merge")) {
      case "replace" -> {
        ObjectNode replaced = patch.deepCopy();
        replaced.remove(PATCH);
        return replaced;
      }
      case "delete" -> {
        return Json.object();
      }
      case "merge" -> {}
      default -> throw new BadPatch("unknown directive $patch: " + patch.path(PATCH));
    }
    if (patch.path(RETAIN) instanceof ArrayNode kept) {
      Set<String> names = new HashSet<>();
      kept.forEach(name -> names.add(name.asText()));
      result.retain(names);
    }
    for (var field : patch.properties()) {
      field(result, field.getKey(), field.getValue(), structure);
    }
    for (var field : patch.properties()) {
      if (field.getKey().startsWith(ORDER)) {
        order(result, field.getKey().substring(ORDER.length()), field.getValue(), structure);
      }
    }
    return result;
  }

  private static void field(ObjectNode result, String name, JsonNode value, Structure structure) {
    if (name.startsWith(DELETE_FROM)) {
      String list = name.substring(DELETE_FROM.length());
      if (result.path(list) instanceof ArrayNode scalars) {
        value.forEach(gone -> removeAll(scalars, gone));
      }
    } else if (name.startsWith("$")) {
      return;
    } else if (value.isNull()) {
      result.remove(name);
    } else if (value instanceof ObjectNode patch) {
      result.set(name, object(result.path(name), patch, structure.field(name)));
    } else if (value instanceof ArrayNode patch) {
      result.set(name, list(result.path(name), patch, structure.field(name)));
    } else {
      result.set(name, value);
    }
  }

  private static JsonNode list(JsonNode target, ArrayNode patch, Structure structure) {
    return switch (structure.rule()) {
      case Structure.Rule.Keyed keyed ->
          keyedList(target, patch, keyed.keys().getFirst().field(), structure.items());
      case Structure.Rule.Set() -> union(target, patch);
      case Structure.Rule.Plain() -> patch.deepCopy();
      case Structure.Rule.Atomic() -> patch.deepCopy();
    };
  }

  private static ArrayNode keyedList(
      JsonNode target, ArrayNode patch, String key, Structure items) {
    ArrayNode result = target instanceof ArrayNode list ? list.deepCopy() : Json.array();
    for (JsonNode item : patch) {
      if (item.path(PATCH).asText().equals("replace") && !item.has(key)) {
        ArrayNode replaced = Json.array();
        for (JsonNode other : patch) {
          if (!other.has(PATCH)) {
            replaced.add(other.deepCopy());
          }
        }
        return replaced;
      }
    }
    for (JsonNode item : patch) {
      if (!(item instanceof ObjectNode change) || !change.has(key)) {
        throw new BadPatch("map: " + item + " does not contain declared merge key: " + key);
      }
      int at = find(result, key, change.get(key));
      if (change.path(PATCH).asText().equals("delete")) {
        if (at >= 0) {
          result.remove(at);
        }
      } else if (at >= 0) {
        result.set(at, object(result.get(at), change, items));
      } else {
        result.add(object(MissingNode.getInstance(), change, items));
      }
    }
    return result;
  }

  private static ArrayNode union(JsonNode target, ArrayNode patch) {
    ArrayNode result = target instanceof ArrayNode list ? list.deepCopy() : Json.array();
    for (JsonNode item : patch) {
      removeAll(result, item);
      result.add(item);
    }
    return result;
  }

  /** Named items in the order given, the others after those they followed. */
  private static void order(ObjectNode parent, String name, JsonNode wanted, Structure structure) {
    if (!(parent.path(name) instanceof ArrayNode list)
        || !(structure.field(name).rule() instanceof Structure.Rule.Keyed keyed)) {
      return;
    }
    String key = keyed.keys().getFirst().field();
    List<JsonNode> left = new ArrayList<>();
    list.forEach(left::add);
    ArrayNode result = Json.array();
    Set<JsonNode> named = new HashSet<>();
    wanted.forEach(item -> named.add(item.path(key)));
    for (JsonNode item : wanted) {
      while (!left.isEmpty() && !named.contains(left.getFirst().path(key))) {
        result.add(left.removeFirst());
      }
      left.stream()
          .filter(candidate -> candidate.path(key).equals(item.path(key)))
          .findFirst()
          .ifPresent(
              found -> {
                result.add(found);
                left.remove(found);
              });
    }
    left.forEach(result::add);
    parent.set(name, result);
  }

  private static int find(ArrayNode list, String key, JsonNode value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path(key).equals(value)) {
        return i;
      }
    }
    return -1;
  }

  private static void removeAll(ArrayNode list, JsonNode value) {
    for (int i = list.size() - 1; i >= 0; i--) {
      if (list.get(i).equals(value)) {
        list.remove(i);
      }
    }
  }
}
