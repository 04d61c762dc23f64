package dev.salver.reconciler.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.reconciler.source.Canonical;

/**
 * The values of an object that one field manager owns by server-side apply, as its {@code
 * managedFields} say.
 *
 * <p>Comparing them between two moments finds drift without knowing any schema: what the server
 * defaults or normalises is the same both times.
 */
public final class OwnedFields {
  private OwnedFields() {}

  /** Equal digests mean that nobody changed what the manager set; empty where it owns nothing. */
  public static String digest(KubeObject live, String manager) {
    JsonNode fields = fields(live, manager);
    return fields.isMissingNode() ? "" : Canonical.digest(owned(live.tree(), fields));
  }

  /** Whether the manager ever applied the object. */
  public static boolean has(KubeObject live, String manager) {
    return !fields(live, manager).isMissingNode();
  }

  private static JsonNode fields(KubeObject live, String manager) {
    for (JsonNode entry : live.metadata().path("managedFields")) {
      if (entry.path("manager").asText().equals(manager)
          && entry.path("operation").asText().equals("Apply")
          && entry.path("subresource").asText().isEmpty()) {
        return entry.path("fieldsV1");
      }
    }
    return MissingNode.getInstance();
  }

  private static JsonNode owned(JsonNode value, JsonNode fields) {
    boolean leaf = fields.isEmpty() || (fields.size() == 1 && fields.has("."));
    if (leaf) {
      return value;
    }
    return value instanceof ArrayNode array ? items(array, fields) : members(value, fields);
  }

  private static JsonNode members(JsonNode value, JsonNode fields) {
    ObjectNode result = Json.object();
    for (var field : fields.properties()) {
      String name = field.getKey();
      if (name.startsWith("f:")) {
        JsonNode member = value.path(name.substring(2));
        result.set(name, member.isMissingNode() ? null : owned(member, field.getValue()));
      }
    }
    return result;
  }

  private static JsonNode items(ArrayNode array, JsonNode fields) {
    ObjectNode result = Json.object();
    for (var field : fields.properties()) {
      String name = field.getKey();
      if (name.startsWith("k:") || name.startsWith("v:")) {
        JsonNode wanted = Json.parse(name.substring(2));
        for (JsonNode item : array) {
          boolean same = name.startsWith("v:") ? item.equals(wanted) : matches(item, wanted);
          if (same) {
            result.set(name, owned(item, field.getValue()));
          }
        }
      }
    }
    return result;
  }

  private static boolean matches(JsonNode item, JsonNode keys) {
    for (var key : keys.properties()) {
      if (!item.path(key.getKey()).asText().equals(key.getValue().asText())) {
        return false;
      }
    }
    return true;
  }
}
