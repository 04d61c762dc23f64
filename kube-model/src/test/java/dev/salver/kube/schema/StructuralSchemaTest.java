package dev.salver.kube.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Yaml;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructuralSchemaTest {
  private static final String CRD =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: ovens.kitchen.example}
      spec:
        group: kitchen.example
        scope: Namespaced
        names: {kind: Oven, plural: ovens, shortNames: [ov]}
        versions:
        - name: v1
          served: true
          storage: true
          subresources: {status: {}}
          schema:
            openAPIV3Schema:
              type: object
              required: [spec]
              properties:
                spec:
                  type: object
                  required: [heat]
                  properties:
                    heat: {type: integer, format: int32, minimum: 30, maximum: 300}
                    mode: {type: string, enum: [grill, fan], default: fan}
                    name: {type: string, pattern: '^[a-z]+$', maxLength: 8}
                    port:
                      anyOf: [{type: integer}, {type: string}]
                      x-kubernetes-int-or-string: true
                    labels: {type: object, additionalProperties: {type: string}}
                    extra: {type: object, x-kubernetes-preserve-unknown-fields: true}
                    maybe: {type: string, nullable: true}
                    trays:
                      type: array
                      maxItems: 2
                      x-kubernetes-list-type: map
                      x-kubernetes-list-map-keys: [slot]
                      items:
                        type: object
                        properties: {slot: {type: integer}, depth: {type: number, default: 2}}
      """;

  private final StructuralSchema schema = StructuralSchema.of(Yaml.documents(CRD).getFirst());

  private static JsonNode oven(String spec) {
    return Yaml.documents(
            "apiVersion: kitchen.example/v1\nkind: Oven\nmetadata: {name: o, labels: {a: b}}\nspec: "
                + spec)
        .getFirst();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {heat: 200, port: 80, labels: {a: b}, extra: {x: [1]}, maybe: null} | []
          {heat: 200, port: http, trays: [{slot: 1}, {slot: 2, depth: 1.5}]}  | []
          {}                        | [spec.heat: is required]
          {heat: hot}               | [spec.heat: is the string "hot", want an integer]
          {heat: 20}                | [spec.heat: is 20, below the minimum 30]
          {heat: 3000000000}        | [spec.heat: is 3000000000, above the maximum 300, spec.heat: is 3000000000, too large for int32]
          {heat: 99, mode: steam}   | [spec.mode: is "steam", want one of ["grill", "fan"]]
          {heat: 99, name: A}       | [spec.name: is "A", which does not match ^[a-z]+$]
          {heat: 99, name: abcdefghi} | [spec.name: has 9 characters, at most 8 are allowed]
          {heat: 99, port: true}    | [spec.port: is the boolean true, want an integer or a string]
          {heat: 99, labels: {a: 1}} | [spec.labels.a: is the number 1, want a string]
          {heat: null}              | [spec.heat: is null, want an integer]
          {heat: 99, lamp: on}      | [spec.lamp: unknown field]
          {heat: 99, trays: [{slot: 1}, {slot: 1}]} | [spec.trays[1]: has the same key as an item before it: [1]]
          {heat: 99, trays: [{}, {slot: 1}, {slot: 3}]} | [spec.trays: has 3 items, at most 2 are allowed]
          """)
  void saysWhatIsWrongAndWhere(String spec, String expected) {
    assertEquals(expected, schema.validate(oven(spec)).toString());
  }

  @Test
  void anUnknownFieldIsToldApartFromAnInvalidOne() {
    assertEquals(
        List.of(Violation.Kind.UNKNOWN_FIELD, Violation.Kind.INVALID),
        schema.validate(oven("{lid: 1, heat: 1}")).stream().map(Violation::kind).toList());
  }

  @Test
  void anObjectOfAnotherKindIsNotChecked() {
    var pot = Yaml.documents("{apiVersion: kitchen.example/v1, kind: Pot}").getFirst();
    assertEquals("apiVersion", schema.validate(pot).getFirst().path());
  }

  @Test
  void defaultsAreFilledInAndUnknownFieldsGo() {
    var object = (ObjectNode) oven("{heat: 99, lamp: on, extra: {kept: 1}, trays: [{slot: 1}]}");
    var stored = schema.pruned(schema.withDefaults(object));
    assertEquals(
        Yaml.documents("{heat: 99, extra: {kept: 1}, trays: [{slot: 1, depth: 2}], mode: fan}")
            .getFirst(),
        stored.path("spec"));
    assertEquals("b", stored.path("metadata").path("labels").path("a").asText());
  }

  @Test
  void aDefinitionNamesTheKindsItServes() {
    var type = schema.types().getFirst();
    assertEquals("/apis/kitchen.example/v1/namespaces/n/ovens", type.path("n"));
    assertTrue(type.hasStatus());
  }

  @Test
  void aFileWithoutADefinitionIsRefusedByName(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("other.yaml"), "kind: ConfigMap\n");
    var refused = assertThrows(IllegalArgumentException.class, () -> StructuralSchema.load(file));
    assertTrue(refused.getMessage().contains("other.yaml"), refused.getMessage());
  }

  @Test
  void aDefinitionLargerThanAnObjectMayBeLoads(@TempDir Path folder) throws Exception {
    String padding = "# " + "x".repeat(1000) + "\n";
    Path file = Files.writeString(folder.resolve("big.yaml"), CRD + padding.repeat(4 * 1024));
    assertEquals(List.of(), StructuralSchema.load(file).validate(oven("{heat: 99}")));
  }
}
