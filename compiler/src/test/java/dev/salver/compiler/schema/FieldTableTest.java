package dev.salver.compiler.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.compiler.Golden;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.value.Value;
import dev.salver.kube.Yaml;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The table of fields is made of the CRDs, and says what they say. */
class FieldTableTest {
  private static final Span HERE = new Span(SourceFile.of("a.serve", "x"), 0, 1);

  @Test
  void theTableIsMadeOfTheDefinitions() throws IOException {
    String folder = System.getenv("SALVER_CRDS");
    if (folder == null || folder.isEmpty()) {
      System.out.println("SALVER_CRDS is not set: the table of fields is taken as it is");
      return;
    }
    var maker = new Maker();
    var roots = new TreeMap<String, Integer>();
    roots.put("InferenceService", maker.kind(folder, "inferenceservices", "v1beta1"));
    roots.put("ServingRuntime", maker.kind(folder, "servingruntimes", "v1alpha1"));
    roots.put("InferenceGraph", maker.kind(folder, "inferencegraphs", "v1alpha1"));
    roots.put("LLMInferenceService", maker.kind(folder, "llminferenceservices", "v1alpha2"));
    var text =
        new StringBuilder("# Made of the CRDs of KServe v0.20, repository state of 2026-08-21.\n");
    maker.nodes.keySet().forEach(node -> text.append(node).append('\n'));
    roots.forEach((kind, node) -> text.append("= " + kind + " " + node + "\n"));
    Golden.check(
        Golden.folder("src/main/resources/dev/salver/compiler/schema").resolve("fields.txt"),
        text.toString());
  }

  @Test
  void aFieldThatIsThereTakesValuesOfItsTypeAlone() {
    assertEquals(
        Optional.empty(), problem("spec.predictor.terminationGracePeriodSeconds", whole(9)));
    assertTrue(
        problem("spec.predictor.terminationGracePeriodSeconds", new Value.Text("9")).isPresent());
    assertTrue(problem("spec.predictor.hostNetwork", whole(1)).isPresent());
    assertEquals(
        Optional.empty(), problem("spec.predictor.nodeSelector.anything", new Value.Text("a")));
    assertEquals(
        Optional.empty(),
        problem("spec.predictor.model.resources.limits.cpu", new Value.Text("1")));
  }

  @Test
  void aFieldThatIsNotThereIsNamedWithThoseThatAre() {
    var problem = problem("spec.predictor.hostNetwrk", new Value.Bool(true)).orElseThrow();
    var unknown = (Fields.Problem.Unknown) problem;
    assertEquals(List.of("spec", "predictor", "hostNetwrk"), unknown.keys());
    assertTrue(unknown.known().contains("hostNetwork"));
    Map<String, Value.Located> container = new LinkedHashMap<>();
    container.put("name", new Value.Located(new Value.Text("a"), HERE));
    container.put("imagge", new Value.Located(new Value.Text("b"), HERE));
    var items = new Value.Items(List.of(new Value.Located(new Value.Entries(container), HERE)));
    assertTrue(problem("spec.predictor.containers", items).isPresent());
  }

  private static Optional<Fields.Problem> problem(String path, Value value) {
    return new Fields().problem("InferenceService", List.of(path.split("\\.")), value, HERE);
  }

  private static Value whole(int number) {
    return new Value.Plain(BigDecimal.valueOf(number));
  }

  /** Equal nodes become one line. */
  private static final class Maker {
    final Map<String, Integer> nodes = new LinkedHashMap<>();

    int kind(String folder, String plural, String version) throws IOException {
      Path file = Path.of(folder, "serving.kserve.io_" + plural + ".yaml");
      for (JsonNode each : Yaml.trustedFile(file).getFirst().path("spec").path("versions")) {
        if (each.path("name").asText().equals(version)) {
          JsonNode spec =
              each.path("schema").path("openAPIV3Schema").path("properties").path("spec");
          int texts = add("map " + add("text"));
          int metadata = add("fields annotations=" + texts + " labels=" + texts);
          return add("fields metadata=" + metadata + " spec=" + node(spec));
        }
      }
      throw new IllegalStateException(plural + " has no version " + version);
    }

    private int node(JsonNode schema) {
      if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
        return add("amount");
      }
      if (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()) {
        return add("any");
      }
      return switch (schema.path("type").asText()) {
        case "string" ->
            schema.has("enum") ? add("words " + words(schema.path("enum"))) : add("text");
        case "integer", "number", "boolean" -> add(schema.path("type").asText());
        case "array" -> add("list " + node(schema.path("items")));
        case "object" -> object(schema);
        default -> add("any");
      };
    }

    private int object(JsonNode schema) {
      if (schema.path("additionalProperties").isObject()) {
        return add("map " + node(schema.path("additionalProperties")));
      }
      var fields = new TreeMap<String, Integer>();
      schema
          .path("properties")
          .properties()
          .forEach(each -> fields.put(each.getKey(), node(each.getValue())));
      var line = new StringBuilder("fields");
      fields.forEach((name, node) -> line.append(' ').append(name).append('=').append(node));
      return fields.isEmpty() ? add("any") : add(line.toString());
    }

    private static String words(JsonNode values) {
      var words = new ArrayList<String>();
      values.forEach(value -> words.add(value.asText()));
      return String.join(" ", words);
    }

    private int add(String line) {
      Integer known = nodes.get(line);
      if (known != null) {
        return known;
      }
      nodes.put(line, nodes.size());
      return nodes.size() - 1;
    }
  }
}
