package dev.salver.reconciler.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Given a file, expect objects or problems with their lines. */
class ManifestReaderTest {
  private static ManifestReader.Result read(String text) {
    return ManifestReader.read("f.yaml", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String map(String rest) {
    return "apiVersion: v1\nkind: ConfigMap\nmetadata:\n" + rest;
  }

  @Test
  void everyDocumentIsAnObjectWithItsLine() {
    var result =
        read(
            """
            # two of them

            apiVersion: v1
            kind: ConfigMap
            metadata: {name: a, namespace: demo}
            data:
              text: |
                a: b
                 --- not a marker
            ---
            # nothing here
            ---

            apiVersion: v1
            kind: ConfigMap
            metadata: {name: b, namespace: demo}
            """);
    assertEquals(List.of(), result.problems());
    assertEquals(List.of(3, 14), result.manifests().stream().map(Manifest::line).toList());
    assertEquals("ConfigMap demo/b", result.manifests().getLast().key().toString());
  }

  @Test
  void whatOnlyAServerWritesIsLeftOut() {
    var exported =
        read(
            map("  name: a\n  namespace: demo\n  uid: x\n  resourceVersion: '7'\n")
                + "data: {k: v}\nstatus: {}\n");
    var written = read(map("  name: a\n  namespace: demo\n") + "data: {k: v}\n");
    assertEquals(written.manifests().getFirst().digest(), exported.manifests().getFirst().digest());
    assertFalse(exported.manifests().getFirst().object().tree().has("status"));
  }

  @Test
  void theOrderOfKeysIsNoChange() {
    assertEquals(
        read(map("  name: a\n  namespace: d\n") + "data: {x: '1', y: '2'}\n")
            .manifests()
            .getFirst()
            .digest(),
        read("data: {y: '2', x: '1'}\n" + map("  namespace: d\n  name: a\n"))
            .manifests()
            .getFirst()
            .digest());
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        Arguments.of("just text", "f.yaml:1: not a Kubernetes object: a mapping"),
        Arguments.of("\n- kind: X\n- kind: Y\n", "f.yaml:2: a manifest is an object, not a list"),
        Arguments.of("[]\n", "f.yaml:1: a manifest is an object, not a list"),
        Arguments.of("---\n---\n''\n", "f.yaml:3: not a Kubernetes object: a mapping"),
        Arguments.of("kind: X\n", "f.yaml:1: apiVersion is missing"),
        Arguments.of("apiVersion: ../x\nkind: X\n", "f.yaml:1: apiVersion '../x' is not one"),
        Arguments.of("apiVersion: v1\n", "f.yaml:1: kind is missing"),
        Arguments.of("apiVersion: v1\nkind: List\nitems: []\n", "f.yaml:1: lists are not applied"),
        Arguments.of(map("  namespace: d\n"), "f.yaml:1: ConfigMap has no metadata.name"),
        Arguments.of(map("  name: a/b\n"), "f.yaml:1: ConfigMap 'a/b' is not a name"),
        Arguments.of(map("  name: ../../x\n"), "f.yaml:1: ConfigMap '../../x' is not a name"),
        Arguments.of(map("  name: 1\n"), "f.yaml:1: ConfigMap's name 1 is not text"),
        Arguments.of(map("  generateName: a\n"), "f.yaml:1: ConfigMap has a generateName"),
        Arguments.of(map("  name: a\n"), "f.yaml:1: ConfigMap a needs a metadata.namespace"),
        Arguments.of(
            map("  name: a\n  namespace: A_B\n"),
            "f.yaml:1: ConfigMap a: 'A_B' is not a namespace's name"),
        Arguments.of(
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: a, namespace: b}\n",
            "f.yaml:1: Namespace a lives in no namespace"),
        Arguments.of("a: 1\na: 2\n", "f.yaml:2: not YAML: "),
        Arguments.of("a: &x [1]\nb: *x\n", "f.yaml:"),
        Arguments.of("a: [1,\n", "f.yaml:"),
        Arguments.of("\ta: 1\n", "f.yaml:1: not YAML: "),
        Arguments.of("a: " + "[".repeat(5000), "f.yaml:"));
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void mistakesAreNamedWhereTheyAre(String text, String expected) {
    var result = read(text);
    assertEquals(List.of(), result.manifests());
    String said = result.problems().getFirst().toString();
    assertTrue(said.startsWith(expected), said);
    assertFalse(said.contains("\n"), said);
  }

  @Test
  void bytesThatAreNoTextAreNamed() {
    var result = ManifestReader.read("f.yaml", new byte[] {(byte) 0xff, (byte) 0xfe, 0});
    assertEquals("f.yaml: not UTF-8 text", result.problems().getFirst().toString());
  }

  @Property(tries = 300)
  void noBytesBreakIt(@ForAll @Size(max = 200) byte[] bytes) {
    var result = ManifestReader.read("f.yaml", bytes);
    result.manifests().forEach(manifest -> assertFalse(manifest.key().name().isEmpty()));
  }
}
