package dev.salver.sandbox.controllers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Yaml;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Knative made of Services, step by step, in one form whatever the source. */
final class Recorded {
  static final Path OWN = Path.of("src/test/resources/knative-2026-08-21");
  private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final List<String> WRITERS =
      List.of(
          "serving.knative.dev/creator",
          "serving.knative.dev/lastModifier",
          "serving.knative.dev/routingStateModified",
          "serving.knative.dev/deployment-hash");

  private Recorded() {}

  /** One recording. */
  record Case(String name, List<Step> steps) {
    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * One write and what it led to.
   *
   * @param refused the lines of the refusal, empty where it was let through
   * @param whole whether the objects are complete
   * @param becomes objects by kind and name
   */
  record Step(
      KubeObject service, List<String> refused, boolean whole, Map<String, ObjectNode> becomes) {}

  static List<Case> own() {
    return cases(OWN, Recorded::ownStep);
  }

  static List<Case> raw(Path folder) {
    return cases(folder, Recorded::rawStep);
  }

  private static List<Case> cases(Path folder, Function<JsonNode, Step> step) {
    return files(folder)
        .filter(file -> !file.endsWith("admission.yaml"))
        .map(
            file -> {
              var steps = new ArrayList<Step>();
              for (JsonNode document : Yaml.documents(read(file))) {
                JsonNode list = document.has("steps") ? document.path("steps") : document;
                if (list.isArray()) {
                  list.forEach(node -> steps.add(step.apply(node)));
                } else {
                  steps.add(step.apply(list));
                }
              }
              return new Case(file.getFileName().toString().replace(".yaml", ""), steps);
            })
        .toList();
  }

  static Stream<Path> files(Path folder) {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static KubeObject service(String name, String namespace, JsonNode spec) {
    KubeObject service = KubeObject.named(ResourceTypes.KNATIVE_SERVICE.gvk(), namespace, name);
    service.tree().set("spec", spec);
    return service;
  }

  private static Step ownStep(JsonNode node) {
    JsonNode given = node.path("service");
    KubeObject service =
        service(given.path("name").asText(), given.path("namespace").asText(), given.path("spec"));
    for (String field : List.of("labels", "annotations")) {
      if (given.has(field)) {
        ((ObjectNode) service.metadata()).set(field, given.path(field));
      }
    }
    var refused = new ArrayList<String>();
    node.path("refused").forEach(line -> refused.add(line.asText()));
    var becomes = new TreeMap<String, ObjectNode>();
    node.path("becomes")
        .properties()
        .forEach(entry -> becomes.put(entry.getKey(), (ObjectNode) entry.getValue()));
    return new Step(service, refused, node.path("whole").asBoolean(), becomes);
  }

  private static Step rawStep(JsonNode node) {
    ObjectNode tree = node.path("apply").deepCopy();
    tree.put("apiVersion", "serving.knative.dev/v1").put("kind", "Service");
    if (node.has("rejected")) {
      return new Step(new KubeObject(tree), lines(node.path("rejected").asText()), false, Map.of());
    }
    var becomes = new TreeMap<String, ObjectNode>();
    for (JsonNode object : node.path("objects")) {
      becomes.put(key(object), plain(object));
    }
    boolean whole = node.path("objects").path(0).has("apiVersion");
    return new Step(new KubeObject(tree), List.of(), whole, becomes);
  }

  /** A refusal's lines after the webhook's preamble. */
  static List<String> lines(String message) {
    String text = message.replaceFirst("(?s)^.*?validation failed: ", "");
    return List.of(text.split("\n"));
  }

  static String key(JsonNode object) {
    String kind = object.path("kind").asText();
    if (kind.equals("Service") && object.path("apiVersion").asText().equals("v1")) {
      kind = "ClusterService";
    }
    return kind + " " + object.path("metadata").path("name").asText();
  }

  /** Without what differs from run to run; conditions by type; the owner as kind and name. */
  static ObjectNode plain(JsonNode object) {
    ObjectNode result = Json.object();
    JsonNode from = object.path("metadata");
    ObjectNode metadata = result.putObject("metadata");
    if (from.hasNonNull("generation")) {
      metadata.set("generation", from.path("generation"));
    }
    for (String field : List.of("labels", "annotations")) {
      ObjectNode kept = Json.object();
      from.path(field)
          .properties()
          .forEach(
              entry -> {
                if (!entry.getKey().endsWith("UID") && !WRITERS.contains(entry.getKey())) {
                  kept.set(entry.getKey(), entry.getValue());
                }
              });
      if (!kept.isEmpty()) {
        metadata.set(field, kept);
      }
    }
    if (!from.path("finalizers").isEmpty()) {
      metadata.set("finalizers", from.path("finalizers"));
    }
    JsonNode owner = from.path("ownerReferences").path(0);
    if (owner.isObject()) {
      metadata.put("owner", owner.path("kind").asText() + " " + owner.path("name").asText());
    }
    if (!object.path("spec").isEmpty()) {
      result.set("spec", withoutUids(object.path("spec")));
    }
    boolean builtIn = List.of("Deployment", "Service").contains(object.path("kind").asText());
    boolean knative = object.path("apiVersion").asText("knative.dev").contains("knative.dev");
    if (object.path("status") instanceof ObjectNode status && (!builtIn || knative)) {
      ObjectNode copy = status.deepCopy();
      if (copy.has("conditions")) {
        copy.set("conditions", conditions(copy.path("conditions")));
      }
      result.set("status", copy);
    }
    return result;
  }

  private static ObjectNode conditions(JsonNode list) {
    ObjectNode result = Json.object();
    for (JsonNode condition : list) {
      ObjectNode each = result.putObject(condition.path("type").asText());
      each.set("is", condition.path("status"));
      Trees.putText(each, "why", condition.path("reason").asText(""));
      Trees.putText(each, "says", condition.path("message").asText(""));
      Trees.putText(each, "level", condition.path("severity").asText(""));
    }
    return result;
  }

  private static JsonNode withoutUids(JsonNode node) {
    if (node.isTextual() && UID.matcher(node.textValue()).matches()) {
      return Json.object().textNode("UID");
    }
    if (node.isObject()) {
      ObjectNode result = Json.object();
      node.properties().forEach(entry -> result.set(entry.getKey(), withoutUids(entry.getValue())));
      return result;
    }
    if (node.isArray()) {
      ArrayNode result = Json.array();
      node.forEach(element -> result.add(withoutUids(element)));
      return result;
    }
    return node;
  }
}
