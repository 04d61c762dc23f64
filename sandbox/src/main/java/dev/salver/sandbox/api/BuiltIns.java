package dev.salver.sandbox.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The few things that an API server does to its own kinds besides defaulting. */
final class BuiltIns {
  private BuiltIns() {}

  static KubeObject complete(ResourceType type, KubeObject object) {
    if (!type.gvk().group().isEmpty()) {
      return object;
    }
    return switch (type.gvk().kind()) {
      case "Namespace" -> namespace(object.copy());
      case "Secret" -> object.tree().has("stringData") ? secret(object.copy()) : object;
      default -> object;
    };
  }

  /** The name as a label, and the phase that people look at. */
  private static KubeObject namespace(KubeObject namespace) {
    ObjectNode tree = namespace.tree();
    Trees.metadata(tree)
        .withObjectProperty("labels")
        .put("kubernetes.io/metadata.name", namespace.name());
    if (!namespace.isBeingDeleted()) {
      tree.withObjectProperty("status").put("phase", "Active");
    }
    return namespace;
  }

  /** {@code stringData} is for writing alone. */
  private static KubeObject secret(KubeObject secret) {
    ObjectNode tree = secret.tree();
    ObjectNode data = tree.withObjectProperty("data");
    tree.path("stringData")
        .properties()
        .forEach(
            entry ->
                data.put(
                    entry.getKey(),
                    Base64.getEncoder()
                        .encodeToString(
                            entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
    tree.remove("stringData");
    return secret;
  }
}
