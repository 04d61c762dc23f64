package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;
import dev.salver.kube.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One recorded experiment with KServe: {@code when} some objects were created, {@code then} this is
 * what came of it.
 *
 * @param tree as the fixture's README describes it
 */
record KserveCase(String name, JsonNode tree) {
  static KserveCase read(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".yaml", "");
    return new KserveCase(name, Yaml.documents(Files.readString(file)).getFirst());
  }

  List<KubeObject> when() {
    return objects(tree.path("when"));
  }

  KubeObject service() {
    return when().stream()
        .filter(object -> object.kind().equals("InferenceService"))
        .findFirst()
        .orElseThrow();
  }

  boolean gatewayApi() {
    return tree.path("gatewayApi").asBoolean();
  }

  /** Empty where the service was admitted. */
  String refused() {
    return tree.at("/then/refused").asText();
  }

  /** The field that the definition's schema refuses; empty where it admits the service. */
  String refusedBySchema() {
    return tree.at("/then/refusedBySchema").asText();
  }

  /** Whether no pod could be made, so that what the pod webhook adds is not known. */
  boolean podsNotRecorded() {
    return tree.at("/then/podsNotRecorded").asBoolean();
  }

  /** Labels, annotations and spec as they are stored. */
  JsonNode stored() {
    return tree.at("/then/stored");
  }

  List<KubeObject> children() {
    return objects(tree.at("/then/children"));
  }

  /** The service's status before anything ran. */
  JsonNode statusBefore() {
    return tree.at("/then/statusBefore");
  }

  /** The service's status when everything that can be ready is. */
  JsonNode statusAfter() {
    return tree.at("/then/statusAfter");
  }

  List<String> events() {
    return Trees.texts(tree.at("/then/events"));
  }

  @Override
  public String toString() {
    return name;
  }

  private static List<KubeObject> objects(JsonNode list) {
    return Trees.items(list).stream()
        .map(node -> new KubeObject((ObjectNode) node.deepCopy()))
        .toList();
  }

  /** An empty one to fill. */
  static ObjectNode empty() {
    ObjectNode tree = Json.object();
    tree.putArray("when");
    tree.putObject("then");
    return tree;
  }
}
