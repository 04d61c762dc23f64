package dev.salver.kube.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Sets a field only where it is absent; what is no object has no fields and stays. */
final class Fill {
  private Fill() {}

  static void in(JsonNode node, String field, String value) {
    if (node instanceof ObjectNode object && !object.hasNonNull(field)) {
      object.put(field, value);
    }
  }

  static void in(JsonNode node, String field, int value) {
    if (node instanceof ObjectNode object && !object.hasNonNull(field)) {
      object.put(field, value);
    }
  }

  static void in(JsonNode node, String field, boolean value) {
    if (node instanceof ObjectNode object && !object.hasNonNull(field)) {
      object.put(field, value);
    }
  }
}
