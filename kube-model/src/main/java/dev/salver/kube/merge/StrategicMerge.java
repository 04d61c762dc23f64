package dev.salver.kube.merge;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import dev.salver.kube.apply.Structure;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Kubernetes' strategic merge patch on trees: objects merge field by field, lists that are told
 * apart by a key item by item, other lists are replaced, null removes. A list with several keys is
 * merged by the first, and objects that server-side apply owns as one are merged all the same, as
 * Kubernetes does both.
 */
public final class StrategicMerge {
  private static final String PATCH = "$patch";
  private static final String DELETE_FROM = "$deleteFromPrimitiveList/";
  private static final String ORDER = "$setElementOrder/";
  private static final String RETAIN = "$retainKeys";

  private final boolean directives;

  private StrategicMerge(boolean directives) {
    this.directives = directives;
  }

  /**
   * The base with the other laid over it; neither is changed. Directives are not read: both sides
   * come from typed fields, where they cannot occur.
   */
  public static ObjectNode merge(JsonNode base, JsonNode over, Structure structure) {
    return new StrategicMerge(false).object(base, over, structure);
  }

  /**
   * The target with a client's patch applied; neither is changed. Reads the directives {@code
   * $patch}, {@code $deleteFromPrimitiveList}, {@code $setElementOrder} and {@code $retainKeys}.
   *
   * @throws BadDirective where the patch cannot be read
   */
  public static ObjectNode patch(JsonNode target, ObjectNode patch, Structure structure) {
    return new StrategicMerge(true).object(target, patch, structure);
  }

  private ObjectNode object(JsonNode base, JsonNode patch, Structure structure) {
    ObjectNode result = Trees.copy(base);
    if (directives) {
      switch (patch.path(PATCH).asText("merge")) {
        case "replace" -> {
          ObjectNode replaced = Trees.copy(patch);
          replaced.remove(PATCH);
          return replaced;
        }
        case "delete" -> {
          return Json.object();
        }
        case "merge" -> {}
        default -> throw new BadDirective("unknown directive $patch: " + patch.path(PATCH));
      }
      if (patch.path(RETAIN).isArray()) {
        result.retain(Set.copyOf(Trees.texts(patch.path(RETAIN))));
      }
    }
    for (var field : patch.properties()) {
      String name = field.getKey();
      if (!directives || !name.startsWith("$")) {
        field(result, name, field.getValue(), structure.field(name));
      } else if (name.startsWith(DELETE_FROM)) {
        without(result, name.substring(DELETE_FROM.length()), field.getValue());
      }
    }
    if (directives) {
      for (var field : patch.properties()) {
        if (field.getKey().startsWith(ORDER)) {
          String name = field.getKey().substring(ORDER.length());
          order(result, name, base.path(name), field.getValue(), structure.field(name).rule());
        }
      }
    }
    return result;
  }

  private void field(ObjectNode result, String name, JsonNode value, Structure structure) {
    if (value.isNull()) {
      result.remove(name);
    } else if (value.isObject()) {
      result.set(name, object(result.path(name), value, structure));
    } else if (value.isArray()) {
      result.set(name, list(result.path(name), value, structure));
    } else {
      result.set(name, value);
    }
  }

  private JsonNode list(JsonNode base, JsonNode patch, Structure structure) {
    return switch (structure.rule()) {
      case Structure.Rule.Keyed keyed ->
          keyed(base, patch, keyed.keys().getFirst().field(), structure.items());
      case Structure.Rule.Set() -> union(base, patch);
      case Structure.Rule.Plain() -> patch.deepCopy();
      case Structure.Rule.Atomic() -> patch.deepCopy();
    };
  }

  private ArrayNode keyed(JsonNode base, JsonNode patch, String key, Structure structure) {
    if (directives && replaces(patch, key)) {
      ArrayNode replaced = Json.array();
      patch.forEach(
          item -> replaced.addAll(item.has(PATCH) ? List.of() : List.of(item.deepCopy())));
      return replaced;
    }
    var items = new KeyedItems(key);
    List<JsonNode> merged = Trees.items(base);
    for (JsonNode item : patch) {
      if (directives && !item.has(key)) {
        throw new BadDirective("map: " + item + " does not contain declared merge key: " + key);
      }
      int at = items.indexOf(merged, item);
      if (directives && item.path(PATCH).asText().equals("delete")) {
        if (at >= 0) {
          merged.remove(at);
        }
      } else if (at >= 0) {
        merged.set(at, object(merged.get(at), item, structure));
      } else {
        merged.add(object(MissingNode.getInstance(), item, structure));
      }
    }
    return items.ordered(merged, Trees.items(base), Trees.items(patch));
  }

  private static boolean replaces(JsonNode patch, String key) {
    for (JsonNode item : patch) {
      if (item.path(PATCH).asText().equals("replace") && !item.has(key)) {
        return true;
      }
    }
    return false;
  }

  private static ArrayNode union(JsonNode base, JsonNode patch) {
    List<JsonNode> result = Trees.items(base);
    for (JsonNode item : patch) {
      result.remove(item);
      result.add(item);
    }
    return Json.array().addAll(result);
  }

  private static void without(ObjectNode result, String name, JsonNode gone) {
    if (result.path(name) instanceof ArrayNode list) {
      Set<JsonNode> all = Trees.items(gone).stream().collect(Collectors.toUnmodifiableSet());
      List<JsonNode> left = Trees.items(list).stream().filter(item -> !all.contains(item)).toList();
      result.set(name, Json.array().addAll(left));
    }
  }

  private static void order(
      ObjectNode result, String name, JsonNode base, JsonNode wanted, Structure.Rule rule) {
    if (!(result.path(name) instanceof ArrayNode list)) {
      return;
    }
    switch (rule) {
      case Structure.Rule.Keyed keyed ->
          result.set(name, ordered(keyed.keys().getFirst().field(), list, base, wanted));
      case Structure.Rule.Set() -> result.set(name, ordered("", list, base, wanted));
      case Structure.Rule.Plain() -> {}
      case Structure.Rule.Atomic() -> {}
    }
  }

  private static ArrayNode ordered(String key, JsonNode list, JsonNode base, JsonNode wanted) {
    return new KeyedItems(key).ordered(Trees.items(list), Trees.items(base), Trees.items(wanted));
  }
}
