package dev.salver.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reading and making JSON trees in a word each. What is absent reads as empty, never as null. */
public final class Trees {
  private Trees() {}

  /** A copy that the caller may change; an empty object where there is none. */
  public static ObjectNode copy(JsonNode node) {
    return node instanceof ObjectNode object ? object.deepCopy() : Json.object();
  }

  /**
   * The object under a field, made where there is none. Where something else stands there it is
   * left alone: the result is then an object of its own, and what is put into it is lost.
   */
  public static ObjectNode child(ObjectNode parent, String field) {
    JsonNode there = parent.path(field);
    if (there.isMissingNode() || there.isNull()) {
      return parent.putObject(field);
    }
    return there instanceof ObjectNode object ? object : Json.object();
  }

  public static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }

  public static Optional<Long> number(JsonNode node) {
    return node.isNumber() ? Optional.of(node.longValue()) : Optional.empty();
  }

  /** The elements of a list, none where there is no list. */
  public static List<JsonNode> items(JsonNode node) {
    var result = new ArrayList<JsonNode>();
    if (node.isArray()) {
      node.forEach(result::add);
    }
    return result;
  }

  public static List<String> texts(JsonNode node) {
    return items(node).stream().map(JsonNode::asText).toList();
  }

  /** The string values of an object, in its order. */
  public static Map<String, String> strings(JsonNode node) {
    var result = new LinkedHashMap<String, String>();
    node.properties().forEach(entry -> result.put(entry.getKey(), entry.getValue().asText()));
    return result;
  }

  public static ArrayNode list(Collection<String> values) {
    ArrayNode result = Json.array();
    values.forEach(result::add);
    return result;
  }

  /** An object of strings, sorted by key as the API server returns maps. */
  public static ObjectNode map(Map<String, String> values) {
    ObjectNode result = Json.object();
    new TreeMap<>(values).forEach(result::put);
    return result;
  }

  /** The element of a list of objects whose {@code name} it is; the element itself, not a copy. */
  public static Optional<ObjectNode> named(JsonNode list, String name) {
    for (JsonNode item : list) {
      if (item instanceof ObjectNode object && item.path("name").asText().equals(name)) {
        return Optional.of(object);
      }
    }
    return Optional.empty();
  }

  /** {@code {"name": name, "value": value}}, as environment variables and headers are. */
  public static ObjectNode pair(String name, String value) {
    return Json.object().put("name", name).put("value", value);
  }
}
