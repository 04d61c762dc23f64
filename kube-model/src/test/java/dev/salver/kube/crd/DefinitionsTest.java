package dev.salver.kube.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Yaml;
import dev.salver.kube.graph.GraphCrd;
import dev.salver.kube.rollout.RolloutCrd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is installed is what the code describes. */
class DefinitionsTest {
  static Stream<Arguments> definitions() {
    return Stream.of(
        Arguments.of("salver.dev_servinggraphs.yaml", GraphCrd.definition()),
        Arguments.of("salver.dev_rollouts.yaml", RolloutCrd.definition()));
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void theInstalledFileIsWhatTheCodeDescribes(String file, JsonNode definition) throws IOException {
    Path path = Path.of("src/main/resources/dev/salver/kube/crd", file);
    String text = Yaml.write(definition);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(path, text);
    }
    assertEquals(Files.readString(path), text);
  }

  @ParameterizedTest
  @MethodSource("definitions")
  void theSchemaIsStructural(String file, JsonNode definition) {
    JsonNode schema = definition.at("/spec/versions/0/schema/openAPIV3Schema");
    structural(schema, file);
    assertTrue(Yaml.write(definition).length() < 256 * 1024, "kubectl apply takes 256 KiB");
  }

  /**
   * Each schema names a type, but where anything is kept; no properties beside keys of any name.
   */
  private static void structural(JsonNode schema, String at) {
    boolean open = schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
    assertTrue(schema.path("type").isTextual() || open, at);
    assertTrue(!schema.has("properties") || !schema.has("additionalProperties"), at);
    assertTrue(!schema.path("type").asText().equals("array") || schema.has("items"), at);
    schema
        .path("properties")
        .properties()
        .forEach(field -> structural(field.getValue(), at + "." + field.getKey()));
    if (schema.has("items")) {
      structural(schema.path("items"), at + "[]");
    }
    if (schema.path("additionalProperties").isObject()) {
      structural(schema.path("additionalProperties"), at + ".*");
    }
    for (JsonNode option : schema.path("oneOf")) {
      option
          .path("required")
          .forEach(name -> assertTrue(schema.path("properties").has(name.asText()), at));
    }
  }
}
