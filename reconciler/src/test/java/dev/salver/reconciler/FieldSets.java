package dev.salver.reconciler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Leaf paths of objects, and managedFields made of them. Lists are atomic here. */
final class FieldSets {
  private static final String SEPARATOR = "\u0000";

  private FieldSets() {}

  /** Leaves by path, without what identifies the object. */
  static Map<String, JsonNode> leaves(ObjectNode tree) {
    var leaves = new TreeMap<String, JsonNode>();
    for (var field : tree.properties()) {
      if (field.getKey().equals("metadata")) {
        for (var meta : field.getValue().properties()) {
          if (List.of("labels", "annotations", "ownerReferences", "finalizers")
              .contains(meta.getKey())) {
            collect("metadata" + SEPARATOR + meta.getKey(), meta.getValue(), leaves);
          }
        }
      } else if (!List.of("apiVersion", "kind").contains(field.getKey())) {
        collect(field.getKey(), field.getValue(), leaves);
      }
    }
    return leaves;
  }

  private static void collect(String path, JsonNode value, Map<String, JsonNode> leaves) {
    if (value.isObject() && !value.isEmpty()) {
      value.properties().forEach(f -> collect(path + SEPARATOR + f.getKey(), f.getValue(), leaves));
    } else {
      leaves.put(path, value);
    }
  }

  static List<String> paths(JsonNode fields) {
    var paths = new ArrayList<String>();
    read("", fields, paths);
    return paths;
  }

  private static void read(String prefix, JsonNode fields, List<String> paths) {
    for (var field : fields.properties()) {
      String name = field.getKey().substring(2);
      String path = prefix.isEmpty() ? name : prefix + SEPARATOR + name;
      if (field.getValue().isEmpty()) {
        paths.add(path);
      } else {
        read(path, field.getValue(), paths);
      }
    }
  }

  static ObjectNode fields(Iterable<String> paths) {
    ObjectNode root = Json.object();
    for (String path : paths) {
      ObjectNode at = root;
      for (String name : path.split(SEPARATOR, -1)) {
        at = at.withObjectProperty("f:" + name);
      }
    }
    return root;
  }

  static void set(ObjectNode tree, String path, JsonNode value) {
    String[] names = path.split(SEPARATOR, -1);
    ObjectNode at = tree;
    for (int i = 0; i < names.length - 1; i++) {
      at = at.path(names[i]) instanceof ObjectNode child ? child : at.putObject(names[i]);
    }
    at.set(names[names.length - 1], value);
  }

  static void remove(ObjectNode tree, String path) {
    int last = path.lastIndexOf(SEPARATOR);
    JsonNode parent = tree;
    if (last >= 0) {
      for (String name : path.substring(0, last).split(SEPARATOR, -1)) {
        parent = parent.path(name);
      }
    }
    if (parent instanceof ObjectNode object) {
      object.remove(path.substring(last + 1));
    }
  }

  static String readable(String path) {
    return "." + path.replace(SEPARATOR, ".");
  }
}
