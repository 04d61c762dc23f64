package dev.salver.kube.defaults;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Sets a field only where it is absent. */
final class Fill {
  private Fill() {}

  static void in(ObjectNode object, String field, String value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }

  static void in(ObjectNode object, String field, int value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }

  static void in(ObjectNode object, String field, boolean value) {
    if (!object.hasNonNull(field)) {
      object.put(field, value);
    }
  }
}
