package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Changes of a comparison's words. */
final class GateFixes {
  private GateFixes() {}

  /**
   * Each side of each {@code &&} for itself; nothing where one was not written but read out of what
   * is wrong with the words.
   *
   * @param gates whether they are statements, and not items of a list
   */
  static Optional<Fix> apart(Expr.Binary both, boolean gates) {
    var edits = new ArrayList<Edit>();
    return apart(both, gates ? between(both) : ", ", edits)
        ? Optional.of(
            new Fix(gates ? "write a gate for each" : "write an objective for each", edits))
        : Optional.empty();
  }

  /** Another sign between the same sides, where there is one. */
  static Optional<Fix> operator(Expr.Binary comparison, String operator) {
    return sign(comparison)
        .map(sign -> new Fix("write `" + operator + "`", List.of(new Edit(sign, operator))));
  }

  private static boolean apart(Expr expr, String between, List<Edit> edits) {
    if (expr instanceof Expr.Binary both && both.operator().equals("&&")) {
      Optional<Span> sign = sign(both);
      if (sign.isEmpty()) {
        return false;
      }
      String text = sign.get().file().text();
      int start = sign.get().start();
      int end = sign.get().end();
      while (Character.isWhitespace(text.charAt(start - 1))) {
        start--;
      }
      while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      edits.add(new Edit(new Span(sign.get().file(), start, end), between));
      return apart(both.left(), between, edits) && apart(both.right(), between, edits);
    }
    return true;
  }

  /** On a line of its own where the first gate is, else behind a comma. */
  private static String between(Expr.Binary both) {
    Span left = both.span();
    String text = left.file().text();
    int line = text.lastIndexOf('\n', left.start()) + 1;
    String before = text.substring(line, left.start());
    String indent = before.substring(0, before.length() - before.stripLeading().length());
    return before.strip().startsWith("gate") ? "\n" + indent + "gate " : ", gate ";
  }

  private static Optional<Span> sign(Expr.Binary binary) {
    Span left = binary.left().span();
    int at = left.file().text().indexOf(binary.operator(), left.end());
    int end = at + binary.operator().length();
    return at < 0 || end > binary.right().span().start()
        ? Optional.empty()
        : Optional.of(new Span(left.file(), at, end));
  }
}
