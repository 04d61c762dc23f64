package dev.salver.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Map;

/** Trees compared by what they mean, and small writes to trees that the caller owns. */
public final class Trees {
  private static final Comparator<JsonNode> BY_VALUE =
      (a, b) -> {
        if (a.equals(b)) {
          return 0;
        }
        return a.isNumber() && b.isNumber() ? a.decimalValue().compareTo(b.decimalValue()) : 1;
      };

  private Trees() {}

  /** Equal in value: numbers by size whatever their type, a missing node like null. */
  public static boolean same(JsonNode a, JsonNode b) {
    return orNull(a).equals(BY_VALUE, orNull(b));
  }

  private static JsonNode orNull(JsonNode node) {
    return node.isMissingNode() ? NullNode.instance : node;
  }

  /** The object under a field, made where there is none. */
  public static ObjectNode child(ObjectNode parent, String field) {
    return parent.path(field) instanceof ObjectNode object ? object : parent.putObject(field);
  }

  /** Replaces a field with a map of strings; an empty map removes it. */
  public static void putAll(ObjectNode parent, String field, Map<String, String> values) {
    parent.remove(field);
    if (!values.isEmpty()) {
      ObjectNode object = parent.putObject(field);
      values.forEach(object::put);
    }
  }

  /** Sets a text, or removes the field where the text is empty. */
  public static void putText(ObjectNode parent, String field, String value) {
    if (value.isEmpty()) {
      parent.remove(field);
    } else {
      parent.put(field, value);
    }
  }
}
