package dev.salver.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.compiler.Compiler;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.syntax.Corpus.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What can't be read as words: a text that is never closed, an escape that is none, a character of
 * another language. It is told once, where it stands, and nothing around it is lost.
 */
class BlotsTest {
  private static final double LEAST = 0.96;
  private static final int ONE_IN = 12;

  @Test
  void aBlotGivesOneDiagnosticBesideIt() throws IOException {
    var badly = new ArrayList<String>();
    int blots = 0;
    var random = new SplittableRandom(8);
    for (Sample sample : Corpus.clean()) {
      List<Diagnostic> usual = sample.check(sample.text());
      for (Token token : sample.parse().tokens()) {
        for (Mutant blot : blots(sample.text(), token, random)) {
          blots++;
          List<Diagnostic> added = Told.added(usual, sample.check(blot.text()));
          if (added.size() != 1 || !Told.isWell(blot, added, sample)) {
            badly.add(Told.shown(sample, blot, added));
          }
        }
      }
    }
    double share = 1 - (double) badly.size() / blots;
    System.out.printf("%d blots, %.2f %% told by one diagnostic%n", blots, 100 * share);
    assertTrue(share >= LEAST, () -> String.join("", badly));
  }

  private static List<Mutant> blots(String text, Token token, SplittableRandom random) {
    if (random.nextInt(ONE_IN) > 0) {
      return List.of();
    }
    int start = token.start();
    int end = token.end();
    var blots = new ArrayList<Mutant>();
    switch (token.kind()) {
      case STRING -> {
        blots.add(blot(text, end - 1, 1, "", token));
        blots.add(blot(text, start + 1, 0, "\\q", token));
      }
      case PUNCTUATION, KEYWORD, NAME, TYPE_NAME, NUMBER ->
          blots.add(blot(text, start, 0, random.nextBoolean() ? "\u00a7 " : "; ", token));
      default -> {}
    }
    return blots;
  }

  private static Mutant blot(String text, int at, int length, String instead, Token token) {
    String blotted = text.substring(0, at) + instead + text.substring(at + length);
    int line = (int) text.substring(0, at).lines().count();
    line = at == 0 || text.charAt(at - 1) == '\n' ? line + 1 : line;
    String word = text.substring(token.start(), token.end());
    return new Mutant(
        "blot " + word + " in line " + line, blotted, line, line, List.of(token.start()));
  }

  private static List<String> told(String text) {
    var folder = SourceFolder.of(Map.of("p.serve", "project p { }\n" + text));
    return Compiler.check(folder).diagnostics().stream()
        .map(each -> each.span().from().line() - 1 + " " + each.code())
        .toList();
  }

  @Test
  void anEscapeThatIsNoneHidesNothingElseInItsDeclaration() {
    assertEquals(
        List.of("1 SV0108", "2 SV2002", "3 SV1003"),
        told(
            """
            model a from "s3://m\\q/a.onnx" {
              timeout = 3q
              tmeout = 3s
            }
            """));
  }

  @Test
  void aTextThatIsNeverClosedEndsWithItsLine() {
    assertEquals(
        List.of("1 SV0107", "2 SV2002", "5 SV2002"),
        told(
            """
            model a from "s3://m/a.onnx {
              timeout = 3q
            }
            model b from "s3://m/b.onnx" {
              timeout = 3q
            }
            """));
  }

  @Test
  void aCommentThatIsNeverClosedEndsBeforeTheNextDeclaration() {
    assertEquals(
        List.of("1 SV0107", "4 SV2002"),
        told(
            """
            model a from "s3://m/a.onnx" /* the first
              of two

            model b from "s3://m/b.onnx" { timeout = 3q }
            """));
  }

  @Test
  void quotesCommentsAndSignsOfOtherLanguagesAreUnderstood() {
    assertEquals(
        List.of("1 SV0108", "2 SV0108", "3 SV0108", "4 SV2002"),
        told(
            """
            model a from 's3://m/a.onnx' { timeout = 3s }
            # the second
            model b from "s3://m/b.onnx" { timeout = 3s; cpu = 2 }
            model c from "s3://m/c.onnx" { timeout = 3q }
            """));
  }

  @Test
  void aCharacterBesideASettingHidesThatSettingAlone() {
    assertEquals(
        List.of("2 SV0108", "3 SV1003"),
        told(
            """
            model a from "s3://m/a.onnx" {
              timeout = 3\u20ac
              tmeout = 3s
            }
            """));
  }
}
