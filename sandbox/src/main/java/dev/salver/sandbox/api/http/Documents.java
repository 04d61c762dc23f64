package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.Yaml;
import dev.salver.sandbox.api.ApiException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Objects out of request bodies. */
final class Documents {
  private Documents() {}

  /** A body as a tree; 415 for a type that is not JSON or YAML, 400 for one that can't be read. */
  static JsonNode tree(Call call) {
    String type = call.contentType();
    boolean yaml = type.endsWith("yaml");
    if (!yaml && !type.endsWith("json") && !type.isEmpty() && !type.equals("*/*")) {
      throw new ApiException(
          415,
          "UnsupportedMediaType",
          "the body of the request was in an unknown format - accepted media types include:"
              + " application/json, application/yaml");
    }
    String text = call.bodyText();
    try {
      if (yaml && !text.stripLeading().startsWith("{")) {
        List<JsonNode> documents = Yaml.documents(text);
        if (documents.size() != 1) {
          throw bad("want one document, found " + documents.size());
        }
        return documents.getFirst();
      }
      return Json.parse(text);
    } catch (IllegalArgumentException e) {
      throw bad(e.getMessage());
    }
  }

  /** The object for a place in the API; kind, namespace and name must agree with the path. */
  static KubeObject object(Call call, ResourceType type, String namespace, String name) {
    if (!(tree(call) instanceof ObjectNode tree)) {
      throw bad("the body is not an object");
    }
    var object = new KubeObject(tree);
    if (tree.path("kind").asText().isEmpty() || tree.path("apiVersion").asText().isEmpty()) {
      throw bad("Object 'Kind' or 'apiVersion' is missing");
    }
    if (!object.gvk().equals(type.gvk())) {
      throw bad("the body is a " + object.gvk() + ", the path is for " + type.gvk());
    }
    if (!(tree.path("metadata") instanceof ObjectNode metadata)) {
      throw bad("metadata is missing or not an object");
    }
    if (type.namespaced() && !namespace.isEmpty()) {
      if (!object.namespace().isEmpty() && !object.namespace().equals(namespace)) {
        throw bad(
            "the namespace of the provided object does not match the namespace sent on the"
                + " request");
      }
      metadata.put("namespace", namespace);
    }
    if (!name.isEmpty()) {
      if (!object.name().isEmpty() && !object.name().equals(name)) {
        throw bad(
            "the name of the object ("
                + object.name()
                + ") does not match the name on the URL ("
                + name
                + ")");
      }
      metadata.put("name", name);
    }
    return object;
  }

  static ApiException bad(@Nullable String why) {
    return new ApiException(400, "BadRequest", why == null ? "the body can't be read" : why);
  }
}
