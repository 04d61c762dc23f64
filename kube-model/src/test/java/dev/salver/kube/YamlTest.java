package dev.salver.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Given a stream of YAML, expect its documents. */
class YamlTest {
  private static List<String> documents(String text) {
    return Yaml.documents(text).stream().map(JsonNode::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: 1\n---\n---\nb: 2\n",
        "---\na: 1\n---\n# only a comment\n---\n\n---\nb: 2\n---\n",
        "---\n---\na: 1\n...\n---\n# nothing\n...\n---\nb: 2\n...\n",
        "a: 1\n--- ~\n--- null\n--- # a comment\n---\nb: 2\n"
      })
  void documentsWithoutContentAreLeftOut(String text) {
    assertEquals(List.of("{\"a\":1}", "{\"b\":2}"), documents(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# a comment\n", "---\n", "---\n---\n...\n"})
  void aStreamWithoutContentHasNoDocuments(String text) {
    assertEquals(List.of(), documents(text));
  }

  @Test
  void anEmptyTextThatIsWrittenOutIsADocument() {
    assertEquals(List.of("\"\"", "\"\""), documents("--- ''\n---\n\"\"\n"));
  }

  @Test
  void aListIsOneDocumentWhereverItStands() {
    assertEquals(List.of("[{\"a\":1},{\"b\":2}]"), documents("- a: 1\n- b: 2\n"));
    assertEquals(
        List.of("[1]", "{\"a\":1}", "[]"), documents("--- [1]\n---\na: 1\n---\n[]\n---\n"));
  }

  @Test
  void whatIsNoYamlIsRefusedWithItsPlaceInAnyDocument() {
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> Yaml.documents("a: 1\n---\nb: 1\nb: 2\n"));
    assertTrue(String.valueOf(refused.getMessage()).contains("line 4"), refused::getMessage);
  }
}
