package dev.salver.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A Kubernetes object as the tree it is on the wire, unknown fields and all.
 *
 * <p>The tree is shared and must not be changed once it is wrapped: {@link #copy()} it first.
 * Objects stay trees because they are merged, compared and applied as trees; what Salver reasons
 * about has records of its own in {@code dev.salver.kube.kserve} and beside it.
 */
public record KubeObject(ObjectNode tree) {
  /** A new object with nothing but its identity; the caller fills the tree before sharing it. */
  public static KubeObject named(Gvk gvk, String namespace, String name) {
    ObjectNode tree = Json.object();
    tree.put("apiVersion", gvk.apiVersion()).put("kind", gvk.kind());
    ObjectNode metadata = tree.putObject("metadata");
    metadata.put("name", name);
    if (!namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    return new KubeObject(tree);
  }

  public Gvk gvk() {
    return Gvk.of(tree.path("apiVersion").asText(), kind());
  }

  public String kind() {
    return tree.path("kind").asText();
  }

  public String name() {
    return metadata().path("name").asText();
  }

  /** Empty for a cluster-scoped object. */
  public String namespace() {
    return metadata().path("namespace").asText();
  }

  public ObjectKey key() {
    return new ObjectKey(gvk(), namespace(), name());
  }

  /** Empty before the object was stored. */
  public String uid() {
    return metadata().path("uid").asText();
  }

  public String resourceVersion() {
    return metadata().path("resourceVersion").asText();
  }

  public long generation() {
    return metadata().path("generation").asLong();
  }

  public JsonNode metadata() {
    return tree.path("metadata");
  }

  public JsonNode spec() {
    return tree.path("spec");
  }

  public JsonNode status() {
    return tree.path("status");
  }

  public Map<String, String> labels() {
    return strings(metadata().path("labels"));
  }

  public Map<String, String> annotations() {
    return strings(metadata().path("annotations"));
  }

  public Optional<String> label(String key) {
    return text(metadata().path("labels").path(key));
  }

  public Optional<String> annotation(String key) {
    return text(metadata().path("annotations").path(key));
  }

  /** The reference with {@code controller: true}, or a missing node. */
  public JsonNode controllerReference() {
    for (JsonNode owner : metadata().path("ownerReferences")) {
      if (owner.path("controller").asBoolean()) {
        return owner;
      }
    }
    return MissingNode.getInstance();
  }

  public boolean isBeingDeleted() {
    return metadata().hasNonNull("deletionTimestamp");
  }

  /** {@code status.conditions} of a type, or a missing node. */
  public JsonNode condition(String type) {
    for (JsonNode condition : status().path("conditions")) {
      if (condition.path("type").asText().equals(type)) {
        return condition;
      }
    }
    return MissingNode.getInstance();
  }

  /** Whether a condition stands at {@code True}. */
  public boolean is(String conditionType) {
    return condition(conditionType).path("status").asText().equals("True");
  }

  /** A deep copy that the caller may change. */
  public KubeObject copy() {
    return new KubeObject(tree.deepCopy());
  }

  private static Map<String, String> strings(JsonNode node) {
    var result = new LinkedHashMap<String, String>();
    node.properties().forEach(entry -> result.put(entry.getKey(), entry.getValue().asText()));
    return result;
  }

  private static Optional<String> text(JsonNode node) {
    return node.isTextual() ? Optional.of(node.textValue()) : Optional.empty();
  }
}
