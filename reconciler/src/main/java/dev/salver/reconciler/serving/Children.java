package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Keys;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Objects that an InferenceService controls. */
final class Children {
  private Children() {}

  static KubeObject child(
      ResourceType type,
      InferenceService service,
      String name,
      Map<String, String> labels,
      Map<String, String> annotations,
      ObjectNode spec) {
    KubeObject child = KubeObject.named(type.gvk(), service.namespace(), name);
    ObjectNode metadata = child.tree().withObjectProperty("metadata");
    if (!labels.isEmpty()) {
      metadata.set("labels", Trees.map(labels));
    }
    if (!annotations.isEmpty()) {
      metadata.set("annotations", Trees.map(annotations));
    }
    metadata
        .putArray("ownerReferences")
        .addObject()
        .put("apiVersion", ResourceTypes.INFERENCE_SERVICE.gvk().apiVersion())
        .put("kind", ResourceTypes.INFERENCE_SERVICE.gvk().kind())
        .put("name", service.name())
        .put("uid", service.object().uid())
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    child.tree().set("spec", spec);
    return child;
  }

  /**
   * Marks a workload with the digest of what a new generation of it would change, so that one that
   * is observed can be told from an older one.
   */
  static KubeObject marked(KubeObject child, ObjectNode content) {
    child
        .tree()
        .withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .put(Keys.SALVER_TEMPLATE, digest(content));
    return child;
  }

  /** Whether an observed workload is what would be rendered now, seen by its controller. */
  static boolean current(KubeObject observed, KubeObject rendered) {
    return observed
            .annotation(Keys.SALVER_TEMPLATE)
            .equals(rendered.annotation(Keys.SALVER_TEMPLATE))
        && observed.status().path("observedGeneration").asLong() >= observed.generation();
  }

  private static String digest(ObjectNode content) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(Json.write(content).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
