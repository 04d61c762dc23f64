package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * OpenAPI v3, a document per group and version. Specs and statuses are open objects: clients learn
 * what can be called and with which parameters, and leave validation to the server.
 */
final class OpenApi {
  private static final String EXTENSION = "x-kubernetes-group-version-kind";
  private static final List<String> WRITE_PARAMETERS =
      List.of("dryRun", "fieldManager", "fieldValidation");

  private final Map<String, List<ResourceType>> documents = new LinkedHashMap<>();

  OpenApi(List<ResourceType> types) {
    for (ResourceType type : types) {
      documents
          .computeIfAbsent(
              (type.gvk().group().isEmpty() ? "api/" : "apis/") + type.gvk().apiVersion(),
              path -> new ArrayList<>())
          .add(type);
    }
  }

  /** The index, or the document of a path below {@code /openapi/v3}. */
  Reply answer(List<String> path) {
    if (path.isEmpty() || !path.getFirst().equals("v3")) {
      throw Router.notFound();
    }
    String rest = String.join("/", path.subList(1, path.size()));
    if (rest.isEmpty()) {
      ObjectNode index = Json.object();
      ObjectNode paths = index.putObject("paths");
      documents.forEach(
          (document, types) ->
              paths
                  .putObject(document)
                  .put(
                      "serverRelativeURL",
                      "/openapi/v3/" + document + "?hash=" + hash(document(types))));
      return Reply.json(200, index);
    }
    List<ResourceType> types = documents.get(rest);
    if (types == null) {
      throw Router.notFound();
    }
    return Reply.json(200, document(types));
  }

  private static ObjectNode document(List<ResourceType> types) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Salver sandbox").put("version", "v1.32.0");
    ObjectNode paths = document.putObject("paths");
    ObjectNode schemas = document.putObject("components").putObject("schemas");
    for (ResourceType type : types) {
      schemas.set(schemaName(type), schema(type));
      String collection = type.path(type.namespaced() ? "{namespace}" : "");
      ObjectNode many = paths.putObject(collection);
      operation(many, "get", "list", type, List.of());
      operation(many, "post", "post", type, WRITE_PARAMETERS);
      ObjectNode one = paths.putObject(collection + "/{name}");
      operation(one, "get", "get", type, List.of());
      operation(one, "put", "put", type, WRITE_PARAMETERS);
      var patch = new ArrayList<>(WRITE_PARAMETERS);
      patch.add("force");
      operation(one, "patch", "patch", type, patch);
      operation(one, "delete", "delete", type, List.of("dryRun"));
    }
    return document;
  }

  private static void operation(
      ObjectNode path, String method, String action, ResourceType type, List<String> parameters) {
    ObjectNode operation = path.putObject(method);
    operation.put(
        "operationId",
        action + type.gvk().kind() + type.gvk().apiVersion().replaceAll("[^A-Za-z0-9]", ""));
    operation.put("x-kubernetes-action", action);
    operation.set(EXTENSION, kind(type));
    ArrayNode list = operation.putArray("parameters");
    for (String parameter : parameters) {
      list.addObject()
          .put("name", parameter)
          .put("in", "query")
          .putObject("schema")
          .put("type", parameter.equals("force") ? "boolean" : "string");
    }
    operation
        .putObject("responses")
        .putObject("200")
        .put("description", "OK")
        .putObject("content")
        .putObject("application/json")
        .putObject("schema")
        .put("$ref", "#/components/schemas/" + schemaName(type));
  }

  private static ObjectNode schema(ResourceType type) {
    ObjectNode schema = Json.object().put("type", "object");
    schema.put("description", type.gvk().kind() + " of " + type.gvk().apiVersion() + ".");
    schema.put("x-kubernetes-preserve-unknown-fields", true);
    ObjectNode properties = schema.putObject("properties");
    text(properties, "apiVersion", "The version of the schema of this object.");
    text(properties, "kind", "What this object is.");
    open(properties, "metadata", "Name, namespace, labels and what else any object has.");
    open(properties, "spec", "What should be.");
    if (type.hasStatus()) {
      open(properties, "status", "What is.");
    }
    schema.putArray(EXTENSION).add(kind(type));
    return schema;
  }

  private static void text(ObjectNode properties, String name, String description) {
    properties.putObject(name).put("type", "string").put("description", description);
  }

  private static void open(ObjectNode properties, String name, String description) {
    properties
        .putObject(name)
        .put("type", "object")
        .put("description", description)
        .put("x-kubernetes-preserve-unknown-fields", true);
  }

  private static ObjectNode kind(ResourceType type) {
    return Json.object()
        .put("group", type.gvk().group())
        .put("version", type.gvk().version())
        .put("kind", type.gvk().kind());
  }

  private static String schemaName(ResourceType type) {
    String group = type.gvk().group().isEmpty() ? "core" : type.gvk().group();
    return group + "." + type.gvk().version() + "." + type.gvk().kind();
  }

  private static String hash(ObjectNode document) {
    var sum = new CRC32C();
    sum.update(Json.write(document).getBytes(StandardCharsets.UTF_8));
    return Long.toHexString(sum.getValue()).toUpperCase(Locale.ROOT);
  }
}
