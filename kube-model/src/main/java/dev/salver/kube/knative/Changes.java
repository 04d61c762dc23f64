package dev.salver.kube.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.salver.kube.Json;
import java.util.StringJoiner;
import java.util.TreeSet;

/** Names the leaves in which two trees differ; absent and empty are the same. */
final class Changes {
  private Changes() {}

  /** {@code path: -old +new}, a line each; empty where nothing differs. */
  static String between(JsonNode old, JsonNode now) {
    var lines = new StringJoiner("\n");
    compare("", old, now, lines);
    return lines.toString();
  }

  private static void compare(String path, JsonNode old, JsonNode now, StringJoiner lines) {
    if (old.isObject() || now.isObject()) {
      var names = new TreeSet<String>();
      old.fieldNames().forEachRemaining(names::add);
      now.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        compare(path.isEmpty() ? name : path + "." + name, old.path(name), now.path(name), lines);
      }
      if (names.isEmpty() || (old.isObject() && now.isObject())) {
        return;
      }
    } else if (old.isArray() || now.isArray()) {
      for (int i = 0; i < Math.max(old.size(), now.size()); i++) {
        compare(path + "[" + i + "]", element(old, i), element(now, i), lines);
      }
    } else if (!same(old, now)) {
      lines.add(path + ": -" + text(old) + " +" + text(now));
    }
  }

  private static JsonNode element(JsonNode array, int index) {
    return array.isArray() && index < array.size() ? array.get(index) : MissingNode.getInstance();
  }

  private static boolean same(JsonNode old, JsonNode now) {
    if (isAbsent(old) || isAbsent(now)) {
      return isAbsent(old) == isAbsent(now);
    }
    if (old.isNumber() && now.isNumber()) {
      return old.decimalValue().compareTo(now.decimalValue()) == 0;
    }
    return old.equals(now);
  }

  private static boolean isAbsent(JsonNode node) {
    return node.isNull() || node.isMissingNode();
  }

  private static String text(JsonNode node) {
    return isAbsent(node) ? "absent" : Json.write(node);
  }
}
