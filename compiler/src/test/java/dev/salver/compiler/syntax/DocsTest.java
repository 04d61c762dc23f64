package dev.salver.compiler.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comments with three slashes belong to the declaration below. */
class DocsTest {
  private static SourceUnit parse(String text) {
    return Parsing.parse(SourceFile.of("t.serve", text));
  }

  @Test
  void theLinesAboveADeclarationDocumentIt() {
    var unit =
        parse("/// Scores cards.\n///\n///  Owned by risk.\n@allow(SV4102, \"x\")\nmodel a\n");
    assertEquals("Scores cards.\n\n Owned by risk.", Docs.of(unit, unit.entries().getFirst()));
    assertEquals(List.of(), Docs.loose(unit));
  }

  @Test
  void anEmptyLineOrAnotherCommentEndsIt() {
    var unit = parse("/// of nothing\n\nmodel a\n/// of b\nmodel b { /// of nothing either\n}\n");
    assertEquals("", Docs.of(unit, unit.entries().getFirst()));
    assertEquals("of b", Docs.of(unit, unit.entries().getLast()));
    assertEquals(
        List.of("/// of nothing", "/// of nothing either"),
        Docs.loose(unit).stream().map(Span::text).toList());
  }
}
