package dev.salver.sandbox.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** RFC 6902. */
public final class JsonPatch {
  /** What an API server takes in one patch. */
  private static final int MOST = 10_000;

  private JsonPatch() {}

  /**
   * Applies a patch to a copy.
   *
   * @throws BadPatch where the patch is malformed, a path is not there or a test fails
   */
  public static JsonNode apply(JsonNode target, JsonNode patch) {
    if (!patch.isArray()) {
      throw new BadPatch("a JSON patch is a list of operations");
    }
    if (patch.size() > MOST) {
      throw new BadPatch("a JSON patch of " + patch.size() + " operations, at most " + MOST);
    }
    JsonNode result = target.deepCopy();
    for (JsonNode operation : patch) {
      result = step(result, operation);
    }
    return result;
  }

  private static JsonNode step(JsonNode root, JsonNode operation) {
    String op = operation.path("op").asText();
    List<String> path = pointer(operation, "path");
    return switch (op) {
      case "add" -> add(root, path, value(operation));
      case "remove" -> remove(root, path);
      case "replace" -> {
        find(root, path);
        yield path.isEmpty() ? value(operation) : replace(root, path, value(operation));
      }
      case "move" -> {
        List<String> from = pointer(operation, "from");
        if (path.size() > from.size() && path.subList(0, from.size()).equals(from)) {
          throw new BadPatch("can't move " + text(from) + " into itself");
        }
        JsonNode moved = find(root, from);
        yield add(remove(root, from), path, moved);
      }
      case "copy" -> add(root, path, find(root, pointer(operation, "from")).deepCopy());
      case "test" -> {
        JsonNode found = find(root, path);
        if (!same(found, value(operation))) {
          throw new BadPatch("testing value " + text(path) + " failed: it is " + shown(found));
        }
        yield root;
      }
      default -> throw new BadPatch("unknown operation \"" + op + "\"");
    };
  }

  private static JsonNode add(JsonNode root, List<String> path, JsonNode value) {
    if (path.isEmpty()) {
      return value;
    }
    String last = path.getLast();
    switch (find(root, path.subList(0, path.size() - 1))) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode list ->
          list.insert(last.equals("-") ? list.size() : index(last, list.size(), path), value);
      default -> throw missing(path);
    }
    return root;
  }

  private static JsonNode replace(JsonNode root, List<String> path, JsonNode value) {
    String last = path.getLast();
    switch (find(root, path.subList(0, path.size() - 1))) {
      case ObjectNode object -> object.set(last, value);
      case ArrayNode list -> list.set(index(last, list.size() - 1, path), value);
      default -> throw missing(path);
    }
    return root;
  }

  private static JsonNode remove(JsonNode root, List<String> path) {
    find(root, path);
    if (path.isEmpty()) {
      throw new BadPatch("can't remove the whole document");
    }
    String last = path.getLast();
    switch (find(root, path.subList(0, path.size() - 1))) {
      case ObjectNode object -> object.remove(last);
      case ArrayNode list -> list.remove(index(last, list.size() - 1, path));
      default -> throw missing(path);
    }
    return root;
  }

  private static JsonNode find(JsonNode root, List<String> path) {
    JsonNode at = root;
    for (String token : path) {
      at =
          switch (at) {
            case ObjectNode object -> object.path(token);
            case ArrayNode list -> list.path(index(token, list.size() - 1, path));
            default -> throw missing(path);
          };
      if (at.isMissingNode()) {
        throw missing(path);
      }
    }
    return at;
  }

  private static int index(String token, int most, List<String> path) {
    if (token.matches("0|[1-9][0-9]{0,8}")) {
      int index = Integer.parseInt(token);
      if (index <= most) {
        return index;
      }
    }
    throw missing(path);
  }

  private static List<String> pointer(JsonNode operation, String field) {
    JsonNode pointer = operation.path(field);
    boolean root = pointer.asText().isEmpty();
    if (!pointer.isTextual() || (!root && !pointer.asText().startsWith("/"))) {
      throw new BadPatch("\"" + field + "\" is not a JSON pointer: " + shown(operation));
    }
    var tokens = new ArrayList<String>();
    String[] parts = pointer.asText().split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      tokens.add(parts[i].replace("~1", "/").replace("~0", "~"));
    }
    return tokens;
  }

  private static JsonNode value(JsonNode operation) {
    if (!operation.has("value")) {
      throw new BadPatch("no value: " + shown(operation));
    }
    return operation.get("value").deepCopy();
  }

  private static boolean same(JsonNode a, JsonNode b) {
    if (a.isNumber() && b.isNumber()) {
      return a.decimalValue().compareTo(b.decimalValue()) == 0;
    }
    return a.equals(b);
  }

  private static BadPatch missing(List<String> path) {
    return new BadPatch("the object has no " + text(path));
  }

  private static String text(List<String> path) {
    return "/" + String.join("/", path);
  }

  private static String shown(JsonNode node) {
    String text = node.toString();
    return text.length() <= 100 ? text : text.substring(0, 97) + "...";
  }
}
