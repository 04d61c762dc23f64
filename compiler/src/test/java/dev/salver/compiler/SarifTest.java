package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.SarifReport;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.source.Span;
import dev.salver.kube.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Diagnostics as SARIF: what the standard (SARIF 2.1.0, OASIS) asks of the objects that are
 * written, and what GitHub's code scanning asks beyond that.
 */
class SarifTest {
  private static final Set<String> LEVELS = Set.of("none", "note", "warning", "error");

  private static JsonNode run(List<Diagnostic> diagnostics, String folder) {
    var log = Json.parse(SarifReport.render(diagnostics, folder));
    assertEquals("2.1.0", log.path("version").asText());
    only(log, "$schema", "version", "runs");
    assertEquals(1, log.path("runs").size());
    return log.path("runs").path(0);
  }

  @TestFactory
  Stream<DynamicTest> everyReportKeepsTheStandard() throws IOException {
    return Fixture.all().stream()
        .map(
            fixture ->
                DynamicTest.dynamicTest(
                    fixture.name(), () -> check(fixture, run(fixture.diagnostics(), ""))));
  }

  private static void check(Fixture fixture, JsonNode run) {
    only(run, "tool", "columnKind", "results");
    assertEquals("utf16CodeUnits", run.path("columnKind").asText());
    JsonNode driver = run.path("tool").path("driver");
    only(driver, "name", "rules");
    assertEquals("salver", driver.path("name").asText());
    var ids = new HashSet<String>();
    for (JsonNode rule : driver.path("rules")) {
      only(rule, "id", "shortDescription", "fullDescription", "help", "defaultConfiguration");
      assertTrue(ids.add(rule.path("id").asText()), "rules are unique");
      for (String words : List.of("shortDescription", "fullDescription", "help")) {
        assertFalse(rule.path(words).path("text").asText().isBlank(), words);
      }
      assertFalse(rule.path("help").path("markdown").asText().isBlank());
      assertTrue(LEVELS.contains(rule.path("defaultConfiguration").path("level").asText()));
    }
    Map<String, String> texts = fixture.texts();
    for (JsonNode result : run.path("results")) {
      result(result, driver.path("rules"), texts);
    }
  }

  private static void result(JsonNode result, JsonNode rules, Map<String, String> texts) {
    only(
        result,
        "ruleId",
        "ruleIndex",
        "level",
        "message",
        "locations",
        "partialFingerprints",
        "relatedLocations",
        "fixes");
    int index = result.path("ruleIndex").asInt(-1);
    assertTrue(index >= 0 && index < rules.size(), "an index of a rule");
    assertEquals(rules.path(index).path("id"), result.path("ruleId"));
    assertTrue(LEVELS.contains(result.path("level").asText()));
    message(result.path("message"));
    assertEquals(1, result.path("locations").size());
    result.path("locations").forEach(each -> location(each, texts));
    result.path("relatedLocations").forEach(each -> location(each, texts));
    String hash = result.path("partialFingerprints").path("primaryLocationLineHash").asText();
    assertTrue(hash.matches("[0-9a-f]+:[1-9][0-9]*"), hash);
    for (JsonNode fix : result.path("fixes")) {
      only(fix, "description", "artifactChanges");
      message(fix.path("description"));
      assertFalse(fix.path("artifactChanges").isEmpty(), "a fix changes something");
      for (JsonNode change : fix.path("artifactChanges")) {
        only(change, "artifactLocation", "replacements");
        assertFalse(change.path("replacements").isEmpty());
        for (JsonNode replacement : change.path("replacements")) {
          only(replacement, "deletedRegion", "insertedContent");
          assertTrue(replacement.path("insertedContent").path("text").isTextual());
          region(change.path("artifactLocation"), replacement.path("deletedRegion"), texts);
        }
      }
    }
  }

  private static void message(JsonNode message) {
    only(message, "text");
    assertFalse(message.path("text").asText().isBlank());
  }

  private static void location(JsonNode location, Map<String, String> texts) {
    only(location, "physicalLocation", "message");
    JsonNode place = location.path("physicalLocation");
    only(place, "artifactLocation", "region");
    region(place.path("artifactLocation"), place.path("region"), texts);
  }

  /** Within the file where the file is one of the project: columns count from 1, in chars. */
  private static void region(JsonNode artifact, JsonNode region, Map<String, String> texts) {
    only(artifact, "uri", "uriBaseId");
    assertEquals("%SRCROOT%", artifact.path("uriBaseId").asText());
    only(region, "startLine", "startColumn", "endLine", "endColumn");
    int line = region.path("startLine").asInt();
    int endLine = region.path("endLine").asInt();
    assertTrue(line >= 1 && endLine >= line, region.toString());
    assertTrue(region.path("startColumn").asInt() >= 1, region.toString());
    int least = line == endLine ? region.path("startColumn").asInt() : 1;
    assertTrue(region.path("endColumn").asInt() >= least, region.toString());
    String text = texts.get(artifact.path("uri").asText());
    if (text != null) {
      String[] lines = text.split("\\r\\n|\\r|\\n", -1);
      assertTrue(endLine <= lines.length, region.toString());
      assertTrue(region.path("startColumn").asInt() <= lines[line - 1].length() + 1);
      assertTrue(region.path("endColumn").asInt() <= lines[endLine - 1].length() + 1);
    }
  }

  private static void only(JsonNode object, String... known) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    names.removeAll(List.of(known));
    assertEquals(List.of(), names);
    assertTrue(object.isObject());
  }

  @Test
  void columnsCountUtf16UnitsAndPathsAreUris() {
    var program =
        Compiler.check(
            SourceFolder.of(
                Map.of(
                    "p.serve",
                    "project p { }\n"
                        + "/* \uD83D\uDE00 */ model iris from \"s3://m/i.onnx\" { timout = 1s }\n"
                        + "model iris { }\n")));
    var results = run(program.diagnostics(), "a b/").path("results");
    assertEquals(
        Json.parse(
            """
            {"artifactLocation": {"uri": "a%20b/p.serve", "uriBaseId": "%SRCROOT%"},
             "region": {"startLine": 2, "startColumn": 44, "endLine": 2, "endColumn": 50}}
            """),
        results.path(0).path("locations").path(0).path("physicalLocation"));
    assertEquals(
        Json.parse(
            """
            [{"description": {"text": "write `timeout`"}, "artifactChanges": [
              {"artifactLocation": {"uri": "a%20b/p.serve", "uriBaseId": "%SRCROOT%"},
               "replacements": [
                {"deletedRegion":
                  {"startLine": 2, "startColumn": 44, "endLine": 2, "endColumn": 50},
                 "insertedContent": {"text": "timeout"}}]}]}]
            """),
        results.path(0).path("fixes"));
    var related = results.path(1).path("relatedLocations").path(0);
    assertEquals("it is declared here already", related.path("message").path("text").asText());
  }

  @Test
  void aFindingKeepsItsFingerprintWhenLinesComeBeforeIt() {
    String before = fingerprint("model a { }\n", "model b { x = 1 }\n".repeat(20));
    assertEquals(before, fingerprint("\n// new\nmodel a { }\n", "model b { x = 1 }\n".repeat(20)));
    assertEquals(before, fingerprint("  model  a { }\r\n", "model b { x = 1 }\r\n".repeat(20)));
    assertNotEquals(before, fingerprint("model c { }\n", "model b { x = 1 }\n".repeat(20)));
  }

  @Test
  void fingerprintsAreThoseOfGithub() {
    // The window over `x`, the end of the file and 98 zeros, in 64 bits with the factor 37.
    long hash = 0;
    int[] window = new int[100];
    window[0] = 'x';
    window[1] = 0xFFFF;
    for (int c : window) {
      hash = hash * 37 + c;
    }
    var file = SourceFile.of("p.serve", "x");
    assertEquals(Long.toHexString(hash) + ":1", fingerprint(file, 0));
    var twice = SourceFile.of("p.serve", ("y" + "z".repeat(200) + "\n").repeat(2));
    String first = fingerprint(twice, 0);
    assertEquals(first.replace(":1", ":2"), fingerprint(twice, 202));
  }

  /** Of the line with the last {@code model} of the first text. */
  private static String fingerprint(String text, String rest) {
    return fingerprint(SourceFile.of("p.serve", text + rest), text.lastIndexOf("model"));
  }

  private static String fingerprint(SourceFile file, int offset) {
    var diagnostic = Diagnostic.of(Code.SV1003, new Span(file, offset, offset + 1), "it");
    return run(List.of(diagnostic), "")
        .path("results")
        .path(0)
        .path("partialFingerprints")
        .path("primaryLocationLineHash")
        .asText();
  }
}
