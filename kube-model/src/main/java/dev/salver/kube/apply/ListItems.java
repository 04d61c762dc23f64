package dev.salver.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The items of a list by what tells them apart. */
final class ListItems {
  private ListItems() {}

  /** A list that its rule calls keyed or a set, but whose items say otherwise. */
  static final class Malformed extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String what;

    Malformed(String what) {
      super(what, null, false, false);
      this.what = what;
    }

    String what() {
      return what;
    }
  }

  /** Whether a list is merged item by item: its rule says so and its items let it. */
  static boolean itemwise(JsonNode list, Structure structure) {
    if (!list.isArray()) {
      return false;
    }
    try {
      return byElement(list, structure).isPresent();
    } catch (Malformed e) {
      return false;
    }
  }

  /**
   * Items by their element, in order; empty for a list that is owned as one.
   *
   * @throws Malformed where two items have the same key, or one has none
   */
  static Optional<Map<String, JsonNode>> byElement(JsonNode list, Structure structure) {
    return switch (structure.rule()) {
      case Structure.Rule.Plain() -> Optional.empty();
      case Structure.Rule.Atomic() -> Optional.empty();
      case Structure.Rule.Set() -> {
        Map<String, JsonNode> result = new LinkedHashMap<>();
        for (JsonNode item : list) {
          if (item.isContainerNode()) {
            throw new Malformed("an item of a set is not a scalar");
          }
          add(result, FieldPath.value(item), item);
        }
        yield Optional.of(result);
      }
      case Structure.Rule.Keyed keyed -> {
        Map<String, JsonNode> result = new LinkedHashMap<>();
        for (JsonNode item : list) {
          add(result, element(keyed, item), item);
        }
        yield Optional.of(result);
      }
    };
  }

  private static String element(Structure.Rule.Keyed keyed, JsonNode item) {
    var keys = new TreeMap<String, JsonNode>();
    for (Structure.Key key : keyed.keys()) {
      JsonNode value = item.path(key.field());
      if (value.isValueNode() && !value.isNull()) {
        keys.put(key.field(), value);
      } else {
        key.absent().ifPresent(absent -> keys.put(key.field(), absent));
      }
    }
    if (keys.isEmpty()) {
      throw new Malformed(
          "an item has none of its keys "
              + keyed.keys().stream().map(Structure.Key::field).toList());
    }
    return FieldPath.key(keys);
  }

  private static void add(Map<String, JsonNode> items, String element, JsonNode item) {
    if (items.putIfAbsent(element, item) != null) {
      throw new Malformed("duplicate entries for key " + FieldPath.text(element));
    }
  }
}
