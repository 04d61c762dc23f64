package dev.salver.sandbox.api.patch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.apply.Structure;
import dev.salver.kube.merge.BadDirective;

/** Strategic merge patch as clients send it, with its directives. */
public final class StrategicMerge {
  private StrategicMerge() {}

  /** Applies a patch to a copy. */
  public static JsonNode apply(JsonNode target, JsonNode patch, Structure structure) {
    if (!(patch instanceof ObjectNode object)) {
      throw new BadPatch("a strategic merge patch is an object");
    }
    try {
      return dev.salver.kube.merge.StrategicMerge.patch(target, object, structure);
    } catch (BadDirective e) {
      throw new BadPatch(e.what());
    }
  }
}
