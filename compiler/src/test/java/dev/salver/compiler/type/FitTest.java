package dev.salver.compiler.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Parsing;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a value fits what is expected, and in which words it does not. */
class FitTest {
  private static Type type(String text) {
    return types().type(((Entry.TypeDecl) entry("type T = " + text)).type());
  }

  static Signature signature(String text) {
    return types().signature(((Entry.TypeDecl) entry("type T = " + text)).type()).orElseThrow();
  }

  private static Entry entry(String text) {
    return Parsing.parse(SourceFile.of("t.serve", text)).entries().getFirst();
  }

  private static Types types() {
    return Types.of(new TreeMap<>(), new Diagnostics());
  }

  @ParameterizedTest(name = "{0} into {1}: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "fits",
      value = {
        "f32[n, 32] | f32[batch, 32] | fits",
        "f32[n, 32] | f32[n, 64] | dim 2 is 32, not 64",
        "f32[n] | u8[n] | f32 is not u8",
        "f32[4] | f32[4] | fits",
        "f32[4] | f32[n] | fits",
        "f32[n] | f32[4] | dim 1 is n, not 4",
        "f32[?] | f32[4] | fits",
        "f32[4] | f32[?] | fits",
        "f32 | f32[1] | fits",
        "f32[1] | f32 | fits",
        "f32 | f32[n] | fits",
        "f32[n] | f32 | dim 1 is n, not 1",
        "f32[n, m] | f32[n] | 2 dims, not 1",
        "f32[2, 3] | f32[k, k] | `k` is 2 here and 3 there",
        "f32[2, 2] | f32[k, k] | fits",
        "f32[?, 3] | f32[k, k] | fits",
        "f32[?, 3, 4] | f32[k, k, k] | `k` is 3 here and 4 there",
        "{ a: f32, b: string } | { a: f32 } | fits",
        "{ a: f32 } | { a: f32, b: string } | `b` is missing",
        "{ a: f32, b: i8 } | { a: f32, b: string } | `b`: i8 is not string",
        "{ score: f32[n] } | f32[n] | fits",
        "{ score: f32[n] } | i64[n] | f32 is not i64",
        "{ a: f32, b: f32 } | f32 | a record is not f32",
        "f32 | { score: f32 } | f32 is not a record",
        "json | json | fits",
        "json | f32 | `json` is not f32",
        "{ k: f32[2], l: f32[3] } | { k: f32[n], l: f32[n] } | `l`: `n` is 2 here and 3 there",
      })
  void aValueFitsOrTheReasonSaysWhyNot(String produced, String expected, String reason) {
    assertEquals(reason, Fit.ofCall().problem(type(produced), type(expected)).orElse(null));
  }

  @Test
  void aSymbolBindsOnceForAllInputsOfACall() {
    Fit fit = Fit.ofCall();
    assertEquals("", fit.problem(type("f32[4, 32]"), type("f32[n, 32]")).orElse(""));
    assertEquals(
        "`n` is 4 here and 8 there", fit.problem(type("i64[8]"), type("i64[n]")).orElse(""));
  }

  @Test
  void theOutputOfACallHasTheSizesOfItsInputsAndOwnOnesForTheRest() {
    Fit fit = Fit.ofCall();
    assertEquals("", fit.problem(type("f32[4, 32]"), type("f32[n, m]")).orElse(""));
    assertEquals("f32[4, 32, detect.k]", fit.applied(type("f32[n, m, k]"), "detect").toString());
    assertEquals("f32[?]", after("f32[?]", "f32[n]", "f32[n]"));
  }

  private static String after(String produced, String expected, String output) {
    Fit fit = Fit.ofCall();
    assertEquals("", fit.problem(type(produced), type(expected)).orElse(""));
    return fit.applied(type(output), "x").toString();
  }

  @Test
  void aResultMayChooseSizesThatNoInputNames() {
    Signature signature = signature("(image: u8[h, w]) -> (boxes: f32[k, 4])");
    Fit fit = Fit.ofResult(signature);
    assertEquals("", fit.problem(type("{ boxes: f32[d, 4] }"), signature.output()).orElse(""));
    assertEquals(
        "dim 1 is w, not h",
        Fit.ofResult(signature).problem(type("u8[w]"), type("u8[h]")).orElse(""));
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "f32[n] | f32[n] | f32[n]",
        "f32[?] | f32[4] | f32[?]",
        "f32[3] | f32[4] | - dim 1 is 4, not 3",
        "{ a: f32, b: i8 } | { b: i8, c: f32 } | { b: i8 }",
        "{ a: f32 } | { b: f32 } | - no field in common",
        "{ a: f32 } | { a: i8 } | - `a`: i8 is not f32",
        "json | f32 | - f32 is not `json`",
      })
  void branchesHaveInCommonWhatBothGive(String one, String other, String common) {
    assertEquals(
        common,
        switch (Fit.common(type(one), type(other))) {
          case Fit.Common.Found found -> found.type().toString();
          case Fit.Common.Nothing nothing -> "- " + nothing.reason();
        });
  }

  @Test
  void sizesThatOnlyCallsKnowAreOpenWhereBranchesDiffer() {
    Type one = new Type.Tensor(Element.F32, List.of(new Dim.Symbol("detect.k")));
    Type other = new Type.Tensor(Element.F32, List.of(new Dim.Symbol("detect-2.k")));
    assertEquals(
        new Fit.Common.Found(new Type.Tensor(Element.F32, List.of(new Dim.Unknown()))),
        Fit.common(one, other));
  }
}
