package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.graph.Step.Ref;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Element;
import java.util.List;

/** When {@code cast[u8]} makes one element type of another, and how it is written into a flow. */
final class Casts {
  private Casts() {}

  static boolean canCast(Element from, Element to) {
    return (from.isNumber() || from == Element.BOOL) && (to.isNumber() || to == Element.BOOL);
  }

  /** A cast between a stage and what it gets. */
  static Fix before(Span stage, Element element, Ref from) {
    String cast = "cast[" + element.word() + "] -> ";
    String whole =
        (from.step().equals(Ref.REQUEST) ? "" : from.step() + " -> ")
            + cast
            + stage.text().lines().findFirst().orElse("").strip();
    var start = new Span(stage.file(), stage.start(), stage.start());
    return new Fix(whole, List.of(new Edit(start, cast)));
  }
}
