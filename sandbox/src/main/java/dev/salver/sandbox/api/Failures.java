package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.ResourceType;
import dev.salver.kube.apply.FieldManager;

/** Refusals in Kubernetes' words, so that clients that match on them behave. */
final class Failures {
  private Failures() {}

  static ApiException badRequest(String message) {
    return new ApiException(400, "BadRequest", message);
  }

  static ApiException noSuchResource() {
    return new ApiException(
        404, "NotFound", "the server could not find the requested resource", Json.object());
  }

  static ApiException notFound(ResourceType type, String name) {
    return new ApiException(
        404, "NotFound", resource(type) + " \"" + name + "\" not found", details(type, name));
  }

  static ApiException alreadyExists(ResourceType type, String name) {
    return new ApiException(
        409,
        "AlreadyExists",
        resource(type) + " \"" + name + "\" already exists",
        details(type, name));
  }

  static ApiException stale(ResourceType type, String name) {
    return conflict(
        type,
        name,
        "the object has been modified; please apply your changes to the latest version and try"
            + " again");
  }

  static ApiException precondition(
      ResourceType type, String name, String what, String wanted, String found) {
    return conflict(
        type,
        name,
        "Precondition failed: "
            + what
            + " in precondition: "
            + wanted
            + ", "
            + what
            + " in object meta: "
            + found);
  }

  private static ApiException conflict(ResourceType type, String name, String why) {
    return new ApiException(
        409,
        "Conflict",
        "Operation cannot be fulfilled on " + resource(type) + " \"" + name + "\": " + why,
        details(type, name));
  }

  static ApiException contested(FieldManager.Applied.Contested contested) {
    ObjectNode details = Json.object();
    var causes = details.putArray("causes");
    for (FieldManager.Conflict conflict : contested.conflicts()) {
      causes
          .addObject()
          .put("reason", "FieldManagerConflict")
          .put("message", "conflict with " + conflict.owner())
          .put("field", conflict.path());
    }
    return new ApiException(409, "Conflict", contested.message(), details);
  }

  /** 422 with one cause. */
  static ApiException invalid(ResourceType type, String name, String field, String why) {
    ObjectNode details = details(type, name);
    details.put("kind", type.gvk().kind());
    details
        .putArray("causes")
        .addObject()
        .put("reason", "FieldValueInvalid")
        .put("message", why)
        .put("field", field);
    String kind =
        type.gvk().kind() + (type.gvk().group().isEmpty() ? "" : "." + type.gvk().group());
    return new ApiException(
        422, "Invalid", kind + " \"" + name + "\" is invalid: " + field + ": " + why, details);
  }

  static ApiException forbidden(ResourceType type, String name, String why) {
    return new ApiException(
        403,
        "Forbidden",
        resource(type) + " \"" + name + "\" is forbidden: " + why,
        details(type, name));
  }

  static ApiException tooOld(long wanted, long oldest) {
    return new ApiException(
        410, "Expired", "too old resource version: " + wanted + " (" + oldest + ")");
  }

  static ApiException expiredContinue() {
    return new ApiException(
        410,
        "Expired",
        "The provided continue parameter is too old to display a consistent list result. You can"
            + " start a new list without the continue parameter.");
  }

  static String resource(ResourceType type) {
    return type.gvk().group().isEmpty() ? type.plural() : type.plural() + "." + type.gvk().group();
  }

  private static ObjectNode details(ResourceType type, String name) {
    ObjectNode details = Json.object();
    details.put("name", name);
    if (!type.gvk().group().isEmpty()) {
      details.put("group", type.gvk().group());
    }
    return details.put("kind", type.plural());
  }
}
