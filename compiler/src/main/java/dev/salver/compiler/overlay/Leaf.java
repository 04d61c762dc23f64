package dev.salver.compiler.overlay;

import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;

/**
 * One setting as it is written.
 *
 * @param at where the key stands
 */
public record Leaf(Path path, Expr value, Span at, boolean isFinal) {
  /** Takes the setting out of the text. */
  public Fix removal() {
    return Fix.remove("remove `" + path + "`", at.to(value.span()));
  }

  /** Takes the setting out, and the sections that held nothing else. */
  public Fix removalWithSections() {
    return Fix.removeWithSections("remove `" + path + "`", at.to(value.span()));
  }
}
