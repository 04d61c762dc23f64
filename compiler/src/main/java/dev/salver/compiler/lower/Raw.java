package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.salver.compiler.check.Amounts;
import dev.salver.compiler.value.Value;
import dev.salver.kube.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code raw}: values as JSON, and how they are laid over an object. */
final class Raw {
  private static final BigDecimal LONG = BigDecimal.valueOf(Long.MAX_VALUE);

  private Raw() {}

  static JsonNode json(Value value) {
    return switch (value) {
      case Value.Text text -> new TextNode(text.text());
      case Value.Symbol symbol -> new TextNode(symbol.name());
      case Value.Bool bool -> BooleanNode.valueOf(bool.value());
      case Value.Plain number -> number(number.value());
      case Value.Size size -> new TextNode(Amounts.size(size));
      case Value.Cpu cpu -> new TextNode(Amounts.cpu(cpu));
      case Value.Items items -> {
        ArrayNode array = Json.array();
        items.items().forEach(item -> array.add(json(item.value())));
        yield array;
      }
      case Value.Entries entries -> {
        ObjectNode object = Json.object();
        entries.entries().forEach((key, each) -> object.set(key, json(each.value())));
        yield object;
      }
      default -> throw new IllegalArgumentException(value.kind());
    };
  }

  private static JsonNode number(BigDecimal value) {
    boolean whole = value.stripTrailingZeros().scale() <= 0 && value.abs().compareTo(LONG) <= 0;
    return whole ? LongNode.valueOf(value.longValueExact()) : DecimalNode.valueOf(value);
  }

  /** Objects merge, lists of named things merge by name, everything else is replaced. */
  static void merge(ObjectNode into, List<String> keys, JsonNode value) {
    String key = keys.getFirst();
    if (keys.size() > 1) {
      JsonNode below = into.get(key);
      ObjectNode child = below instanceof ObjectNode there ? there : into.putObject(key);
      merge(child, keys.subList(1, keys.size()), value);
      return;
    }
    into.set(key, merged(into.get(key), value));
  }

  private static JsonNode merged(@Nullable JsonNode old, JsonNode value) {
    if (old instanceof ObjectNode object && value instanceof ObjectNode changes) {
      changes
          .properties()
          .forEach(
              each ->
                  object.set(each.getKey(), merged(object.get(each.getKey()), each.getValue())));
      return object;
    }
    if (old instanceof ArrayNode list
        && value instanceof ArrayNode changes
        && isNamed(list)
        && isNamed(changes)) {
      for (JsonNode change : changes) {
        place(list, change);
      }
      return list;
    }
    return value;
  }

  private static void place(ArrayNode list, JsonNode change) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).path("name").equals(change.path("name"))) {
        list.set(i, merged(list.get(i), change));
        return;
      }
    }
    list.add(change);
  }

  private static boolean isNamed(ArrayNode list) {
    for (JsonNode each : list) {
      if (!each.path("name").isTextual()) {
        return false;
      }
    }
    return true;
  }
}
