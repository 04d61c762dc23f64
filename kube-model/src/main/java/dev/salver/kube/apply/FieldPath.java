package dev.salver.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Elements of a path in FieldsV1's notation. */
final class FieldPath {
  private FieldPath() {}

  static String field(String name) {
    return "f:" + name;
  }

  static String value(JsonNode value) {
    return "v:" + Json.write(value);
  }

  static String key(Map<String, JsonNode> keys) {
    ObjectNode sorted = Json.object();
    new TreeMap<>(keys).forEach(sorted::set);
    return "k:" + Json.write(sorted);
  }

  /** The one spelling of an element that a client may have spelled otherwise. */
  static String canonical(String element) {
    if (element.length() < 2 || element.charAt(1) != ':') {
      throw new IllegalArgumentException("not an element of a field path: " + element);
    }
    String rest = element.substring(2);
    return switch (element.charAt(0)) {
      case 'f', 'i' -> element;
      case 'v' -> value(Json.parse(rest));
      case 'k' -> {
        JsonNode keys = Json.parse(rest);
        if (!keys.isObject()) {
          throw new IllegalArgumentException("not the keys of a list item: " + element);
        }
        yield key(
            keys.properties().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
      }
      default -> throw new IllegalArgumentException("not an element of a field path: " + element);
    };
  }

  /** As messages show it: {@code .name}, {@code [name="x"]}, {@code [="x"]}, {@code [0]}. */
  static String text(String element) {
    String rest = element.substring(2);
    return switch (element.charAt(0)) {
      case 'f' -> "." + rest;
      case 'v' -> "[=" + rest + "]";
      case 'i' -> "[" + rest + "]";
      default ->
          Json.parse(rest).properties().stream()
              .map(entry -> entry.getKey() + "=" + Json.write(entry.getValue()))
              .collect(Collectors.joining(",", "[", "]"));
    };
  }
}
