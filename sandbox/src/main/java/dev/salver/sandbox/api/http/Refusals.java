package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.sandbox.api.ApiException;

/** Refusals that name the place asked for. */
final class Refusals {
  private Refusals() {}

  static ApiException notFound(Place place) {
    String group = place.type().gvk().group();
    ObjectNode details = Json.object().put("name", place.name());
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    details.put("kind", place.type().plural());
    String resource = place.type().plural() + (group.isEmpty() ? "" : "." + group);
    return new ApiException(
        404, "NotFound", resource + " \"" + place.name() + "\" not found", details);
  }

  static ApiException method(Call call) {
    return new ApiException(
        405,
        "MethodNotAllowed",
        "the server does not allow " + call.method() + " on the requested resource");
  }
}
