package dev.salver.kube.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.ResourceType;
import dev.salver.kube.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one CustomResourceDefinition says about its objects: structural validation as an API server
 * does it (OpenAPI v3: types, required, enum, pattern, bounds, int-or-string, list keys, unknown
 * fields), defaults, and the kinds it serves. CEL rules ({@code x-kubernetes-validations}) are not
 * evaluated.
 *
 * <p>Immutable; reading the largest definition in use (2 MB) takes well under a second.
 */
public final class StructuralSchema {
  private final String group;
  private final JsonNode names;
  private final boolean namespaced;
  private final Map<String, SchemaNode> versions;
  private final Set<String> withStatus;

  private StructuralSchema(JsonNode crd) {
    JsonNode spec = crd.path("spec");
    if (!crd.path("kind").asText().equals("CustomResourceDefinition") || !spec.isObject()) {
      throw new IllegalArgumentException("not a CustomResourceDefinition");
    }
    group = spec.path("group").asText();
    names = spec.path("names");
    namespaced = spec.path("scope").asText().equals("Namespaced");
    var read = new LinkedHashMap<String, SchemaNode>();
    var statuses = new LinkedHashSet<String>();
    for (JsonNode version : spec.path("versions")) {
      if (version.path("served").asBoolean()) {
        String name = version.path("name").asText();
        read.put(name, SchemaNode.read(version.path("schema").path("openAPIV3Schema")));
        if (version.path("subresources").has("status")) {
          statuses.add(name);
        }
      }
    }
    versions = Map.copyOf(read);
    withStatus = Set.copyOf(statuses);
  }

  /**
   * Reads a CRD from a local file that is trusted for its size (up to 16 MB of text).
   *
   * @throws IllegalArgumentException where the file is no CustomResourceDefinition
   * @throws IOException where it cannot be read
   */
  public static StructuralSchema load(Path crdFile) throws IOException {
    for (JsonNode document : Yaml.trustedFile(crdFile)) {
      if (document.path("kind").asText().equals("CustomResourceDefinition")) {
        return of(document);
      }
    }
    throw new IllegalArgumentException(crdFile + " holds no CustomResourceDefinition");
  }

  /** The schema of a CRD that is already a tree. */
  public static StructuralSchema of(JsonNode crd) {
    return new StructuralSchema(crd);
  }

  /** The kinds served, one a version. */
  public List<ResourceType> types() {
    var shortNames = new ArrayList<String>();
    names.path("shortNames").forEach(name -> shortNames.add(name.asText()));
    return versions.keySet().stream()
        .map(
            version ->
                new ResourceType(
                    new Gvk(group, version, names.path("kind").asText()),
                    names.path("plural").asText(),
                    namespaced,
                    List.copyOf(shortNames),
                    withStatus.contains(version)))
        .toList();
  }

  /** Whether objects of a kind are of this definition, in a version that it serves. */
  public boolean covers(Gvk gvk) {
    return gvk.group().equals(group)
        && gvk.kind().equals(names.path("kind").asText())
        && versions.containsKey(gvk.version());
  }

  /** Every way in which the object is not valid, at most 200, in the order of its fields. */
  public List<Violation> validate(JsonNode object) {
    Gvk gvk = Gvk.of(object.path("apiVersion").asText(), object.path("kind").asText());
    SchemaNode schema = versions.get(gvk.version());
    if (!covers(gvk) || schema == null) {
      return List.of(
          new Violation(
              Violation.Kind.INVALID,
              "apiVersion",
              "is "
                  + gvk
                  + ", want "
                  + names.path("kind").asText()
                  + " of "
                  + versions.keySet().stream().map(v -> group + "/" + v).sorted().toList()));
    }
    return SchemaCheck.resource(schema, object);
  }

  /** A copy with the schema's defaults filled in, as the API server stores it. */
  public ObjectNode withDefaults(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    SchemaNode schema = versions.get(Gvk.of(object.path("apiVersion").asText(), "").version());
    if (schema != null) {
      SchemaDefaults.fill(schema, copy);
    }
    return copy;
  }

  /** A copy without the fields that the schema does not know, as the API server stores it. */
  public ObjectNode pruned(ObjectNode object) {
    ObjectNode copy = object.deepCopy();
    SchemaNode schema = versions.get(Gvk.of(object.path("apiVersion").asText(), "").version());
    if (schema != null) {
      SchemaDefaults.prune(schema, copy, true);
    }
    return copy;
  }
}
