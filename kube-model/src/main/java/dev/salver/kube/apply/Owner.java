package dev.salver.kube.apply;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;

/**
 * One entry of {@code metadata.managedFields}.
 *
 * @param subresource {@code status} or empty for the object itself
 * @param time when the entry last changed, RFC 3339; may be empty
 */
public record Owner(
    String manager,
    Operation operation,
    String apiVersion,
    String subresource,
    String time,
    FieldSet fields) {
  /** How the fields were written. */
  public enum Operation {
    APPLY("Apply"),
    UPDATE("Update");

    private final String text;

    Operation(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  /** Appliers are one owner across versions, updaters are not. */
  boolean isSameAs(Owner other) {
    return manager.equals(other.manager)
        && operation == other.operation
        && subresource.equals(other.subresource)
        && (operation == Operation.APPLY || apiVersion.equals(other.apiVersion));
  }

  Owner with(FieldSet newFields) {
    return new Owner(manager, operation, apiVersion, subresource, time, newFields);
  }

  Owner at(String newTime) {
    return new Owner(manager, operation, apiVersion, subresource, newTime, fields);
  }

  /** As messages name it: {@code "kubectl" with subresource "status" using apps/v1}. */
  String described() {
    String name = Json.write(Json.object().textNode(manager));
    if (!subresource.isEmpty()) {
      name += " with subresource \"" + subresource + "\"";
    }
    return operation == Operation.UPDATE ? name + " using " + apiVersion : name;
  }

  static Owner parse(JsonNode entry) {
    String operation = entry.path("operation").asText();
    return new Owner(
        entry.path("manager").asText(),
        switch (operation) {
          case "Apply" -> Operation.APPLY;
          case "Update" -> Operation.UPDATE;
          default -> throw new IllegalArgumentException("unknown operation \"" + operation + "\"");
        },
        entry.path("apiVersion").asText(),
        entry.path("subresource").asText(),
        entry.path("time").asText(),
        FieldSet.parseRoot(entry.path("fieldsV1")));
  }

  ObjectNode toJson() {
    ObjectNode result = Json.object();
    result.put("manager", manager).put("operation", operation.text()).put("apiVersion", apiVersion);
    if (!time.isEmpty()) {
      result.put("time", time);
    }
    result.put("fieldsType", "FieldsV1").set("fieldsV1", fields.toJson());
    if (!subresource.isEmpty()) {
      result.put("subresource", subresource);
    }
    return result;
  }
}
