package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.List;

/** Trees in the one form in which they are stored and compared. */
final class Trees {
  private Trees() {}

  /** A deep copy without null fields, each number in the smallest node that holds it. */
  static ObjectNode canonical(ObjectNode tree) {
    return (ObjectNode) copy(tree);
  }

  private static JsonNode copy(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        ObjectNode result = Json.object();
        for (var field : node.properties()) {
          if (!field.getValue().isNull()) {
            result.set(field.getKey(), copy(field.getValue()));
          }
        }
        yield result;
      }
      case ARRAY -> {
        ArrayNode result = Json.array();
        node.forEach(item -> result.add(copy(item)));
        yield result;
      }
      case NUMBER -> number(node);
      case POJO, BINARY, MISSING -> throw Failures.badRequest("not a JSON value: " + node);
      default -> node;
    };
  }

  private static JsonNode number(JsonNode node) {
    var nodes = JsonNodeFactory.instance;
    if (node.canConvertToExactIntegral()) {
      return node.canConvertToInt()
          ? nodes.numberNode(node.intValue())
          : node.canConvertToLong()
              ? nodes.numberNode(node.longValue())
              : nodes.numberNode(node.bigIntegerValue());
    }
    BigDecimal value = node.decimalValue().stripTrailingZeros();
    return nodes.numberNode(value);
  }

  /** The object's metadata, made if it isn't there. */
  static ObjectNode metadata(ObjectNode tree) {
    return tree.get("metadata") instanceof ObjectNode metadata
        ? metadata
        : tree.putObject("metadata");
  }

  /** Sets a field from another object, or removes it where the other has none. */
  static void carry(ObjectNode from, ObjectNode to, String field) {
    JsonNode value = from.get(field);
    if (value == null) {
      to.remove(field);
    } else {
      to.set(field, value);
    }
  }

  /** Whether two objects are the same but for some top-level fields. */
  static boolean sameBut(ObjectNode a, ObjectNode b, String... fields) {
    return but(a, fields).equals(but(b, fields));
  }

  private static ObjectNode but(ObjectNode tree, String... fields) {
    ObjectNode result = Json.object();
    for (Iterator<String> names = tree.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      result.set(name, tree.get(name));
    }
    result.remove(List.of(fields));
    return result;
  }
}
