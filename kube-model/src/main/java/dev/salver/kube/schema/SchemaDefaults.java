package dev.salver.kube.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The two changes that an API server makes to an object by its structural schema, in place. */
final class SchemaDefaults {
  private static final Set<String> IDENTITY = Set.of("apiVersion", "kind", "metadata");

  private SchemaDefaults() {}

  /** Absent fields get their defaults; a filled-in object gets those of its own fields too. */
  static void fill(SchemaNode schema, JsonNode value) {
    if (value instanceof ObjectNode object) {
      schema
          .properties()
          .forEach(
              (name, child) -> {
                JsonNode fallback = child.defaultValue();
                boolean absent =
                    !object.has(name) || (object.get(name).isNull() && !child.nullable());
                if (absent && fallback != null) {
                  object.set(name, fallback.deepCopy());
                }
                if (object.has(name)) {
                  fill(child, object.get(name));
                }
              });
      SchemaNode additional = schema.additional();
      if (additional != null) {
        object.forEach(field -> fill(additional, field));
      }
    } else if (value.isArray() && schema.items() != null) {
      for (JsonNode item : value) {
        fill(schema.items(), item);
      }
    }
  }

  /** Fields that the schema does not know go, unless it says to keep them. */
  static void prune(SchemaNode schema, JsonNode value, boolean resource) {
    if (value instanceof ObjectNode object) {
      for (String name : names(object)) {
        SchemaNode child = schema.properties().get(name);
        boolean identity = (resource || schema.embeddedResource()) && IDENTITY.contains(name);
        if (identity) {
          continue;
        }
        if (child != null) {
          prune(child, object.get(name), false);
        } else if (schema.additional() != null) {
          prune(schema.additional(), object.get(name), false);
        } else if (!schema.preserveUnknown()) {
          object.remove(name);
        }
      }
    } else if (value.isArray() && schema.items() != null) {
      for (JsonNode item : value) {
        prune(schema.items(), item, false);
      }
    }
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }
}
