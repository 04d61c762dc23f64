package dev.salver.compiler.type;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a declaration says of a model, against what its artifact says. */
class AgreementTest {
  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "agree",
      value = {
        "(x: f32[n, 4]) -> (y: i64[n]) | (x: f32[?, 4]) -> (y: i64[?]) | agree",
        "(features: f32[n, 4]) -> (label: i64[n]) | (X: f32[b, 4]) -> (output: i64[b]) | agree",
        "(x: f32[n, 4]) -> (y: i64[n]) | (x: f32[n, 5]) -> (y: i64[n]) | `x`: dim 2 is 4, not 5",
        "(x: f32[n]) -> f32 | (x: f32[1]) -> f32 | `x`: dim 1 is n, not 1",
        "(x: f32[1]) -> f32 | (x: f32[n]) -> f32 | agree",
        "(x: f32[n]) -> (y: f32[n]) | (x: f32[n]) -> (y: f64[n]) | `y`: f64 is not f32",
        "(x: f32) -> (y: f32) | (x: f32) -> (y: f32, z: f32) | agree",
        "(x: f32) -> (y: f32, z: f32) | (x: f32) -> (y: f32) | there is no output `z`",
        "(x: f32) -> f32 | (x: f32, mask: bool) -> f32 | it also takes `mask`",
        "(x: f32, mask: bool) -> f32 | (x: f32) -> f32 | there is no input `mask`",
        "(a: f32, b: i8) -> f32 | (p: i8, q: f32) -> f32 | agree",
        "(a: f32, b: f32) -> f32 | (p: f32, q: f32) -> f32 | the types leave more than one choice"
            + " for `a`",
        "(a: f32, b: i8) -> f32 | (p: f32, q: i16) -> f32 | no input fits `b: i8`",
      })
  void theArtifactDoesWhatTheDeclarationSays(String said, String is, String reason) {
    assertEquals(
        reason, Agreement.problem(FitTest.signature(said), FitTest.signature(is)).orElse(null));
  }
}
