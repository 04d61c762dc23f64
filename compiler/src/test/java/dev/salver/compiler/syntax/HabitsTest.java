package dev.salver.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFolder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like another language and is not, and what is told beside what does. */
class HabitsTest {
  private static final String BESIDE =
      """
      project p { }
      model a: (x: f32[n]) -> (y: f32[n]) from "s3://m/a.onnx"
      model b: (y: f32[n]) -> (z: f32[n]) from "s3://m/b.onnx"
      """;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "graph g(x: f32[n], return: f32[n]) -> (y: f32[n]) {\n  let = a(x)\n  print = a(return)\n"
            + "  all { let, print } by mean(y)\n}",
        "graph g(x: f32[n]) -> (z: f32[n]) = a -> switch {\n  max(a) > 0.5\n    => b\n  else =>\n"
            + "    b\n}",
        "graph g(x: f32[n]) -> (z: f32[n]) =\n  a\n  -> b",
        "graph g(x: f32[n]) -> (y: f32[n]) { r = a(x) within 1s or a(x)\n  r }",
        "param x: i64 = 3\n  -- 2",
        "param y: bool =\n  2 == 3",
        "policy p on model {\n  require self.memory == 1Gi\n    || self.name != \"x\" else \"no\"\n}",
        "type T = {\n  a:\n    string\n}",
        "model c from \"s3://m/c.onnx\" { labels { if = \"a\", let = \"b\", default = \"c\" } }",
        "model let from \"s3://m/c.onnx\"",
        "test \"a quoted name\" { expect 1 == 1 }",
      })
  void whatIsLegalStaysLegal(String text) {
    assertEquals(List.of(), told(text));
  }

  @Test
  void whatIsUnknownElsewhereIsStillTold() {
    for (String habit :
        List.of(
            "deprecated \"use a\"\nmodel c from \"s3://m/c.onnx\"",
            "abstract env base { }",
            "const region = \"eu\"",
            "model \"c\" from \"s3://m/c.onnx\"",
            "graph g(x: f32[n]) -> (y: f32[n]) { return a(x) }",
            "model c from \"s3://m/c.onnx\" {\n  if env == \"e\" { memory = 1Gi }\n}",
            "foreach l in [\"a\"] { model c[l] from \"s3://m/${l}.onnx\" }")) {
      List<Code> codes = told(habit + "\nenv e { model nowhere { memory = 1Gi } }");
      assertEquals(2, codes.size(), () -> habit + codes);
      assertEquals(Code.SV3002, codes.getLast());
    }
  }

  private static List<Code> told(String text) {
    var folder = SourceFolder.of(Map.of("project.serve", BESIDE, "text.serve", text + "\n"));
    return Compiler.check(folder).diagnostics().stream().map(Diagnostic::code).toList();
  }
}
