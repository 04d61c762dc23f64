package dev.salver.compiler.random;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.compiler.Crds;
import dev.salver.compiler.Output;
import dev.salver.kube.Quantity;
import dev.salver.kube.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is true of every manifest that Kubernetes takes, whatever its kind. */
final class Manifests {
  private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
  private static final Pattern LABEL_VALUE =
      Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");
  private static final List<String> NAMED = List.of("containers", "env", "volumes", "ports");

  private final String file;

  private Manifests(String file) {
    this.file = file;
  }

  /** Fails where one is none. */
  static void check(Output output) {
    output
        .files()
        .forEach(
            (file, bytes) -> {
              if (file.endsWith(".yaml")) {
                List<JsonNode> documents = documents(new String(bytes, StandardCharsets.UTF_8));
                new Manifests(file).check(documents);
                Crds.check(file, documents.getFirst());
              }
            });
  }

  /** Refuses a key that stands twice. */
  private static List<JsonNode> documents(String text) {
    return Yaml.documents(text);
  }

  private void check(List<JsonNode> documents) {
    require(documents.size() == 1, "is one object");
    JsonNode object = documents.getFirst();
    for (String field : List.of("apiVersion", "kind")) {
      require(!object.path(field).asText().isEmpty(), "has a field " + field);
    }
    JsonNode metadata = object.path("metadata");
    require(LABEL.matcher(metadata.path("name").asText()).matches(), "has a name");
    boolean everywhere = object.path("kind").asText().startsWith("ValidatingAdmission");
    require(
        everywhere || LABEL.matcher(metadata.path("namespace").asText()).matches(),
        "has a namespace");
    metadata.path("labels").properties().forEach(this::label);
    for (var annotation : metadata.path("annotations").properties()) {
      require(annotation.getValue().isTextual(), annotation.getKey() + " is a text");
    }
    walk("", object);
  }

  private void label(Map.Entry<String, JsonNode> label) {
    JsonNode value = label.getValue();
    require(
        value.isTextual() && LABEL_VALUE.matcher(value.asText()).matches(),
        "the label " + label.getKey() + " has a value that is none: " + value);
  }

  private void walk(String key, JsonNode node) {
    require(!node.isNull(), key + " is not null");
    if (key.equals("resources")) {
      resources(node);
    }
    if (NAMED.contains(key) && node.isArray()) {
      var names = new HashSet<String>();
      node.forEach(
          each ->
              require(
                  !each.has("name") || names.add(each.get("name").asText()),
                  "two " + key + " have one name"));
    }
    node.properties().forEach(each -> walk(each.getKey(), each.getValue()));
    if (node.isArray()) {
      node.forEach(each -> walk("", each));
    }
  }

  private void resources(JsonNode resources) {
    for (String kind : List.of("requests", "limits")) {
      for (var each : resources.path(kind).properties()) {
        require(
            quantity(each.getValue()).isPresent(),
            kind + " of " + each.getKey() + " is a quantity: " + each.getValue());
      }
    }
    for (var each : resources.path("requests").properties()) {
      JsonNode limit = resources.path("limits").path(each.getKey());
      require(
          limit.isMissingNode()
              || quantity(each.getValue()).orElseThrow().compareTo(quantity(limit).orElseThrow())
                  <= 0,
          "the limit of " + each.getKey() + " is below the request");
    }
  }

  private static Optional<Quantity> quantity(JsonNode node) {
    return Quantity.parse(node.asText());
  }

  private void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(file + ": " + what);
    }
  }
}
