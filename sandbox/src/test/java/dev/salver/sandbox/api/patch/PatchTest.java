package dev.salver.sandbox.api.patch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import dev.salver.kube.Yaml;
import dev.salver.kube.apply.KnownStructures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PatchTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {a: 1}         | [{op: add, path: /b, value: 2}]                  | {"a":1,"b":2}
          {a: [1, 3]}    | [{op: add, path: /a/1, value: 2}]                | {"a":[1,2,3]}
          {a: [1]}       | [{op: add, path: /a/-, value: 2}]                | {"a":[1,2]}
          {a: 1, b: 2}   | [{op: remove, path: /b}]                         | {"a":1}
          {a: {b: 1}}    | [{op: replace, path: /a/b, value: 2}]            | {"a":{"b":2}}
          {a: 1}         | [{op: move, from: /a, path: /b}]                 | {"b":1}
          {a: 1}         | [{op: copy, from: /a, path: /b}]                 | {"a":1,"b":1}
          {'a/b~': 1}    | [{op: test, path: /a~1b~0, value: 1}]            | {"a/b~":1}
          """)
  void aJsonPatchDoesAsItSays(String target, String patch, String result) {
    assertEquals(result, Json.write(JsonPatch.apply(yaml(target), yaml(patch))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [{op: remove, path: /x}]                | the object has no /x
          [{op: replace, path: /x, value: 1}]     | the object has no /x
          [{op: add, path: /x/y, value: 1}]       | the object has no /x
          [{op: add, path: /l/7, value: 1}]       | the object has no /l/7
          [{op: add, path: /l/01, value: 1}]      | the object has no /l/01
          [{op: test, path: /a, value: 2}]        | testing value /a failed: it is 1
          [{op: move, from: /o, path: /o/p}]      | can't move /o into itself
          [{op: jump, path: /a}]                  | unknown operation "jump"
          [{op: add, path: a, value: 1}]          | "path" is not a JSON pointer
          [{op: add, path: /a}]                   | no value
          {op: add}                               | a JSON patch is a list of operations
          """)
  void aJsonPatchThatDoesNotFitIsRefused(String patch, String message) {
    var refused =
        assertThrows(
            BadPatch.class, () -> JsonPatch.apply(yaml("{a: 1, l: [1], o: {p: 1}}"), yaml(patch)));
    assertTrue(refused.what().startsWith(message), refused::what);
  }

  @Test
  void aMergePatchTakesNullsAwayAndReplacesLists() {
    assertEquals(
        "{\"a\":{\"c\":2},\"l\":[3],\"n\":{}}",
        Json.write(
            MergePatch.apply(
                yaml("{a: {b: 1, c: 2}, l: [1, 2]}"),
                yaml("{a: {b: null}, l: [3], n: {x: null}}"))));
  }

  @Test
  void aStrategicPatchMergesContainersByName() {
    assertEquals(
        "[{\"name\":\"a\",\"image\":\"2\"},{\"name\":\"c\"}]",
        containers(
            "[{name: a, image: '1'}, {name: b}]",
            "{containers: [{name: a, image: '2'}, {name: b, $patch: delete}, {name: c}]}"));
  }

  @Test
  void aStrategicPatchPutsItemsInTheOrderItNames() {
    assertEquals(
        "[{\"name\":\"c\"},{\"name\":\"a\"},{\"name\":\"b\"}]",
        containers(
            "[{name: a}, {name: b}]",
            "{containers: [{name: c}], $setElementOrder/containers: [{name: c}, {name: a}, {name:"
                + " b}]}"));
  }

  @Test
  void aNewItemComesBeforeThoseThatThePatchDoesNotName() {
    assertEquals(
        "[{\"name\":\"new\"},{\"name\":\"old\"}]",
        containers("[{name: old}]", "{containers: [{name: new}]}"));
  }

  @Test
  void aStrategicPatchReplacesWhereItSaysSo() {
    assertEquals(
        "[{\"name\":\"z\"}]",
        containers("[{name: a}]", "{containers: [{$patch: replace}, {name: z}]}"));
    assertEquals(
        "{\"type\":\"Recreate\"}",
        Json.write(
            strategic(
                    "{spec: {strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 1}}}}",
                    "{spec: {strategy: {$retainKeys: [type], type: Recreate}}}")
                .at("/spec/strategy")));
  }

  @Test
  void aStrategicPatchTakesScalarsOutOfASet() {
    assertEquals(
        "[\"a\",\"c\"]",
        Json.write(
            strategic(
                    "{metadata: {finalizers: [a, b]}}",
                    "{metadata: {$deleteFromPrimitiveList/finalizers: [b], finalizers: [c]}}")
                .at("/metadata/finalizers")));
  }

  @Test
  void anItemWithoutItsKeyIsRefused() {
    var refused =
        assertThrows(BadPatch.class, () -> containers("[]", "{containers: [{image: x}]}"));
    assertTrue(refused.what().contains("merge key: name"), refused::what);
  }

  private static String containers(String live, String podPatch) {
    return Json.write(
        strategic(
                "{spec: {template: {spec: {containers: " + live + "}}}}",
                "{spec: {template: {spec: " + podPatch + "}}}")
            .at("/spec/template/spec/containers"));
  }

  private static JsonNode strategic(String live, String patch) {
    return StrategicMerge.apply(
        yaml(live), yaml(patch), KnownStructures.of(Gvk.of("apps/v1", "Deployment")));
  }

  private static JsonNode yaml(String text) {
    return Yaml.documents("it: " + text).getFirst().path("it");
  }
}
