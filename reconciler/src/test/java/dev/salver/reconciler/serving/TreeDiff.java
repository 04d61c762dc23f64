package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where two trees differ; empty objects, lists, texts and nulls count as absent. */
final class TreeDiff {
  /** One place. A side that has nothing there is a missing node. */
  record Difference(String path, JsonNode expected, JsonNode actual) {
    @Override
    public String toString() {
      return path + "\n    recorded " + expected + "\n    rendered " + actual;
    }
  }

  private TreeDiff() {}

  static List<Difference> between(String root, JsonNode expected, JsonNode actual) {
    var found = new ArrayList<Difference>();
    walk(root, expected, actual, found);
    return found;
  }

  private static void walk(String path, JsonNode a, JsonNode b, List<Difference> found) {
    if (absent(a) && absent(b)) {
      return;
    }
    if ((a.isObject() || absent(a)) && (b.isObject() || absent(b))) {
      var names = new TreeSet<String>();
      a.properties().forEach(entry -> names.add(entry.getKey()));
      b.properties().forEach(entry -> names.add(entry.getKey()));
      names.forEach(name -> walk(path + "." + name, a.path(name), b.path(name), found));
    } else if (a.isArray() && b.isArray() && named(a) && named(b)) {
      names(a, b)
          .forEach(name -> walk(path + "[" + name + "]", byName(a, name), byName(b, name), found));
      if (!order(a).equals(order(b)) && new TreeSet<>(order(a)).equals(new TreeSet<>(order(b)))) {
        found.add(new Difference(path + ".order", list(order(a)), list(order(b))));
      }
    } else if (a.isArray() && b.isArray() && a.size() == b.size()) {
      for (int i = 0; i < a.size(); i++) {
        walk(path + "[" + i + "]", a.get(i), b.get(i), found);
      }
    } else if (!same(a, b)) {
      found.add(new Difference(path, a, b));
    }
  }

  private static boolean absent(JsonNode node) {
    return node.isMissingNode()
        || node.isNull()
        || (node.isTextual() && node.textValue().isEmpty())
        || (node.isArray() && node.isEmpty())
        || (node instanceof ObjectNode object
            && object.properties().stream().allMatch(entry -> absent(entry.getValue())));
  }

  private static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue()) == 0;
    }
    return a.equals(b);
  }

  private static boolean named(JsonNode list) {
    for (JsonNode item : list) {
      if (!item.has("name") && !item.has("type")) {
        return false;
      }
    }
    return !list.isEmpty() && new TreeSet<>(order(list)).size() == list.size();
  }

  private static String nameOf(JsonNode item) {
    return item.has("name") ? item.path("name").asText() : item.path("type").asText();
  }

  private static List<String> order(JsonNode list) {
    var names = new ArrayList<String>();
    list.forEach(item -> names.add(nameOf(item)));
    return names;
  }

  private static Set<String> names(JsonNode a, JsonNode b) {
    var names = new TreeSet<>(order(a));
    names.addAll(order(b));
    return names;
  }

  private static JsonNode byName(JsonNode list, String name) {
    for (JsonNode item : list) {
      if (nameOf(item).equals(name)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }

  private static ArrayNode list(List<String> names) {
    ArrayNode result = Json.array();
    names.forEach(result::add);
    return result;
  }
}
