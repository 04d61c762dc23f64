package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.Query;
import dev.salver.sandbox.api.table.Tables;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** In which form a client wants objects: whole, their metadata alone, or as a table's rows. */
enum Form {
  WHOLE,
  METADATA,
  TABLE;

  private static final String META = "meta.k8s.io/v1";

  /** The first form in the Accept header that is served; 406 where there is none. */
  static Form of(Call call) {
    String accept = call.header("accept");
    if (accept.isBlank()) {
      return WHOLE;
    }
    for (String choice : accept.split(",")) {
      Set<String> parts = new HashSet<>();
      for (String part : choice.split(";")) {
        parts.add(part.strip());
      }
      boolean json =
          parts.contains("application/json")
              || parts.contains("*/*")
              || parts.contains("application/*");
      if (!json) {
        continue;
      }
      if (parts.contains("as=Table") && parts.contains("v=v1")) {
        return TABLE;
      }
      if (parts.contains("as=PartialObjectMetadata")
          || parts.contains("as=PartialObjectMetadataList")) {
        return METADATA;
      }
      if (parts.stream().noneMatch(part -> part.startsWith("as="))) {
        return WHOLE;
      }
    }
    throw new ApiException(
        406,
        "NotAcceptable",
        "only the following media types are accepted: application/json,"
            + " application/json;stream=watch");
  }

  ObjectNode one(ResourceType type, KubeObject object, Call call, Instant now) {
    return switch (this) {
      case WHOLE -> object.tree();
      case METADATA -> partial(object);
      case TABLE -> {
        ObjectNode table = Tables.of(type, List.of(object), included(call), now);
        ObjectNode metadata = table.putObject("metadata");
        metadata.put("resourceVersion", object.resourceVersion());
        yield table;
      }
    };
  }

  ObjectNode many(ResourceType type, Query.Page page, Call call, Instant now) {
    ObjectNode list;
    switch (this) {
      case WHOLE -> {
        list = Json.object();
        list.put("kind", type.gvk().kind() + "List").put("apiVersion", type.gvk().apiVersion());
        ArrayNode items = list.putArray("items");
        page.items().forEach(object -> items.add(object.tree()));
      }
      case METADATA -> {
        list = Json.object();
        list.put("kind", "PartialObjectMetadataList").put("apiVersion", META);
        ArrayNode items = list.putArray("items");
        page.items().forEach(object -> items.add(partial(object)));
      }
      case TABLE -> list = Tables.of(type, page.items(), included(call), now);
      default -> throw new AssertionError();
    }
    ObjectNode metadata = Json.object();
    metadata.put("resourceVersion", Long.toString(page.version()));
    if (!page.next().isEmpty()) {
      metadata.put("continue", page.next()).put("remainingItemCount", page.remaining());
    }
    list.set("metadata", metadata);
    return list;
  }

  private static Tables.Included included(Call call) {
    return switch (call.text("includeObject")) {
      case "None" -> Tables.Included.NONE;
      case "Object" -> Tables.Included.OBJECT;
      default -> Tables.Included.METADATA;
    };
  }

  private static ObjectNode partial(KubeObject object) {
    ObjectNode result = Json.object();
    result.put("kind", "PartialObjectMetadata").put("apiVersion", META);
    result.set("metadata", object.metadata());
    return result;
  }
}
