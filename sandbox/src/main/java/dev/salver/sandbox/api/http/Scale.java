package dev.salver.sandbox.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import java.util.stream.Collectors;

/** The {@code scale} subresource of Deployments and ReplicaSets. */
final class Scale {
  private Scale() {}

  static ObjectNode of(ResourceType type, KubeObject object) {
    if (!supports(type)) {
      throw Router.notFound();
    }
    ObjectNode scale = Json.object().put("kind", "Scale").put("apiVersion", "autoscaling/v1");
    ObjectNode metadata = scale.putObject("metadata");
    for (String field :
        new String[] {"name", "namespace", "uid", "resourceVersion", "creationTimestamp"}) {
      metadata.set(field, object.metadata().path(field));
    }
    scale.putObject("spec").put("replicas", object.spec().path("replicas").asInt(1));
    scale
        .putObject("status")
        .put("replicas", object.status().path("replicas").asInt())
        .put(
            "selector",
            object.spec().path("selector").path("matchLabels").properties().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().asText())
                .collect(Collectors.joining(",")));
    return scale;
  }

  static boolean supports(ResourceType type) {
    return type.equals(ResourceTypes.DEPLOYMENT) || type.equals(ResourceTypes.REPLICA_SET);
  }

  /** The object at the scale's replicas, and bound to the version that the scale was read at. */
  static ObjectNode into(ObjectNode object, JsonNode scale) {
    JsonNode replicas = scale.path("spec").path("replicas");
    if (!replicas.isIntegralNumber() || replicas.asLong() < 0) {
      throw Documents.bad("spec.replicas is not a whole number from 0 on");
    }
    object.withObjectProperty("spec").set("replicas", replicas);
    JsonNode version = scale.path("metadata").path("resourceVersion");
    if (!version.asText().isEmpty()) {
      object.withObjectProperty("metadata").set("resourceVersion", version);
    }
    return object;
  }
}
