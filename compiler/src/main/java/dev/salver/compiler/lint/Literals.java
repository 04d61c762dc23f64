package dev.salver.compiler.lint;

import dev.salver.compiler.syntax.Expr;
import java.util.Optional;

/** What is written out in full. */
final class Literals {
  private Literals() {}

  /** The text of a string without expressions in it. */
  static Optional<String> text(Expr expr) {
    if (!(expr instanceof Expr.Text text)) {
      return Optional.empty();
    }
    var whole = new StringBuilder();
    for (Expr.Part part : text.parts()) {
      if (!(part instanceof Expr.Part.Literal(String literal))) {
        return Optional.empty();
      }
      whole.append(literal);
    }
    return Optional.of(whole.toString());
  }
}
