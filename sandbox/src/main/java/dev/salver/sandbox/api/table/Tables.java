package dev.salver.sandbox.api.table;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import java.time.Instant;
import java.util.List;

/** {@code meta.k8s.io/v1 Table}. */
public final class Tables {
  private static final String META = "meta.k8s.io/v1";

  private Tables() {}

  /** What a row carries of its object. */
  public enum Included {
    NONE,
    METADATA,
    OBJECT
  }

  /** A table without metadata; the caller knows the version. */
  public static ObjectNode of(
      ResourceType type, List<KubeObject> objects, Included included, Instant now) {
    List<Column> columns = Columns.of(type.gvk());
    ObjectNode table = Json.object().put("kind", "Table").put("apiVersion", META);
    ArrayNode definitions = table.putArray("columnDefinitions");
    for (Column column : columns) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type())
          .put("format", column.format())
          .put("description", "")
          .put("priority", column.priority());
    }
    ArrayNode rows = table.putArray("rows");
    for (KubeObject object : objects) {
      ObjectNode row = rows.addObject();
      ArrayNode cells = row.putArray("cells");
      columns.forEach(column -> cells.add(column.cell().apply(object, now)));
      switch (included) {
        case NONE -> {}
        case METADATA -> {
          ObjectNode partial = row.putObject("object");
          partial.put("kind", "PartialObjectMetadata").put("apiVersion", META);
          partial.set("metadata", object.metadata());
        }
        case OBJECT -> row.set("object", object.tree());
      }
    }
    return table;
  }
}
