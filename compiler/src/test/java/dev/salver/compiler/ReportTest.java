package dev.salver.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.GithubReport;
import dev.salver.compiler.diagnostic.JsonReport;
import dev.salver.compiler.diagnostic.SarifReport;
import dev.salver.compiler.diagnostic.TextReport;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.source.Span;
import dev.salver.kube.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The two forms in which diagnostics leave the compiler. */
class ReportTest {
  private static Program program(String text) {
    return Compiler.check(SourceFolder.of(Map.of("p.serve", text)));
  }

  @Test
  void jsonCountsLinesAndColumnsFromOneInCodePoints() {
    var program =
        program(
            "project p { }\n/* \uD83D\uDE00 \"q\" */ model iris from \"s3://m/i.onnx\" { timout = 1s }\n");
    var json = Json.parse(JsonReport.render(program.diagnostics())).path("diagnostics");
    assertEquals(1, json.size());
    assertEquals(
        Json.parse(
            """
            {"code": "SV1003", "severity": "error", "message": "`model` has no setting `timout`",
             "file": "p.serve", "start": {"line": 2, "column": 47}, "end": {"line": 2, "column": 53},
             "related": [],
             "fixes": [{"title": "write `timeout`", "safe": true, "edits": [
               {"file": "p.serve", "start": {"line": 2, "column": 47}, "end": {"line": 2, "column": 53},
                "text": "timeout"}]}]}
            """),
        json.get(0));
  }

  @Test
  void aLongLineIsShownAroundThePlaceAndControlCharactersReachNoTerminal() {
    String line =
        "model iris from \"s3://m/i.onnx\" { annotations { a = \"\u001b[2J" + "x".repeat(5000);
    String text =
        TextReport.render(
            program("project p { }\n" + line + "\" }, timout = 1s }\n").diagnostics());
    assertEquals(-1, text.indexOf('\u001b'), text);
    String[] shown = text.lines().filter(each -> each.contains("timout")).toArray(String[]::new);
    assertEquals(2, shown.length, text);
    assertEquals(true, shown[1].length() < 200, text);
    String carets = text.lines().filter(each -> each.contains("^")).findFirst().orElseThrow();
    assertEquals(shown[1].indexOf("timout"), carets.indexOf("^^^^^^"), text);
  }

  @Test
  void relatedPlacesAndHostileTextsAreValidJson() {
    var program =
        program("project p { }\nmodel a from \"s3://\\\"\t\u0001.onnx\" { }\nmodel a { }\n");
    var json = Json.parse(JsonReport.render(program.diagnostics())).path("diagnostics");
    assertEquals(program.diagnostics().size(), json.size());
    assertEquals("p.serve", json.get(json.size() - 1).path("related").get(0).path("file").asText());
  }

  @Test
  void nothingToSayIsAnEmptyTextAndAnEmptyList() {
    assertEquals("", TextReport.render(List.of()));
    assertEquals("{\"diagnostics\": []}", JsonReport.render(List.of()));
  }

  @Test
  void textKeepsCaretsUnderTabsAndWideLineNumbers() {
    var program =
        program(
            "project p { }\n"
                + "\n".repeat(9)
                + "model a from \"s3://m/a.onnx\" {\n\ttimout = 1s\n}\n");
    assertEquals(
        """
        error[SV1003]: `model` has no setting `timout`
           ┌ p.serve:12:2
        12 │ \ttimout = 1s
           │ \t^^^^^^
           fix: write `timeout`
        """,
        TextReport.render(program.diagnostics()));
  }

  @Test
  void sarifHasARuleForEveryCodeAndCountsCodePoints() {
    var program =
        program(
            "project p { }\n/* \uD83D\uDE00 */ model iris from \"s3://m/i.onnx\" { timout = 1s }\n"
                + "model iris { }\n");
    var log = Json.parse(SarifReport.render(program.diagnostics(), "a b/"));
    assertEquals("2.1.0", log.path("version").asText());
    var run = log.path("runs").path(0);
    assertEquals("unicodeCodePoints", run.path("columnKind").asText());
    var driver = run.path("tool").path("driver");
    assertEquals("salver", driver.path("name").asText());
    assertEquals(program.diagnostics().size(), run.path("results").size());
    for (var result : run.path("results")) {
      var rule = driver.path("rules").path(result.path("ruleIndex").asInt());
      assertEquals(result.path("ruleId"), rule.path("id"));
      assertEquals(true, rule.path("helpUri").asText().startsWith("https://"));
      assertEquals(false, rule.path("help").path("text").asText().isBlank());
      assertEquals("error", result.path("level").asText());
      assertEquals(false, result.path("message").path("text").asText().isBlank());
    }
    assertEquals(
        Json.parse(
            """
            {"artifactLocation": {"uri": "a%20b/p.serve"},
             "region": {"startLine": 2, "startColumn": 43, "endLine": 2, "endColumn": 49}}
            """),
        run.path("results").path(0).path("locations").path(0).path("physicalLocation"));
    assertEquals(
        Json.parse(
            """
            [{"description": {"text": "write `timeout`"}, "artifactChanges": [
              {"artifactLocation": {"uri": "a%20b/p.serve"}, "replacements": [
                {"deletedRegion":
                  {"startLine": 2, "startColumn": 43, "endLine": 2, "endColumn": 49},
                 "insertedContent": {"text": "timeout"}}]}]}]
            """),
        run.path("results").path(0).path("fixes"));
    var related = run.path("results").path(1).path("relatedLocations").path(0);
    assertEquals("it is declared here already", related.path("message").path("text").asText());
  }

  @Test
  void githubGetsACommandALineWithItsSignsEscaped() {
    var file = SourceFile.of("a,b:c%.serve", "one\ntwo\n");
    var inLine = Diagnostic.of(Code.SV1003, new Span(file, 4, 7), "100%\nof :, it");
    var overLines =
        Diagnostic.of(Code.SV1004, new Span(file, 0, 7), "all")
            .relating(new Span(file, 0, 3), "this")
            .fixedBy(Fix.delete("remove it", new Span(file, 0, 7)));
    assertEquals(
        "::error file=x/a%2Cb%3Ac%25.serve,line=2,col=1,endLine=2,endColumn=3,title=SV1003"
            + "::100%25%0Aof :, it\n"
            + "::error file=x/a%2Cb%3Ac%25.serve,line=1,endLine=2,title=SV1004"
            + "::all%0Aa,b:c%25.serve:1:1: this%0Afix: remove it\n",
        GithubReport.render(List.of(inLine, overLines), "x/"));
  }
}
