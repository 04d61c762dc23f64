package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;

/** Changes of a comparison's words. */
final class GateFixes {
  private GateFixes() {}

  /**
   * Each side of each {@code &&} for itself.
   *
   * @param gates whether they are statements, and not items of a list
   */
  static Fix apart(Expr.Binary both, boolean gates) {
    var edits = new ArrayList<Edit>();
    apart(both, gates ? between(both) : ", ", edits);
    return new Fix(gates ? "write a gate for each" : "write an objective for each", edits);
  }

  /** Another sign between the same sides. */
  static Fix operator(Expr.Binary comparison, String operator) {
    Span sign = sign(comparison);
    return new Fix("write `" + operator + "`", List.of(new Edit(sign, operator)));
  }

  private static void apart(Expr expr, String between, List<Edit> edits) {
    if (expr instanceof Expr.Binary both && both.operator().equals("&&")) {
      Span sign = sign(both);
      String text = sign.file().text();
      int start = sign.start();
      int end = sign.end();
      while (Character.isWhitespace(text.charAt(start - 1))) {
        start--;
      }
      while (end < text.length() && Character.isWhitespace(text.charAt(end))) {
        end++;
      }
      edits.add(new Edit(new Span(sign.file(), start, end), between));
      apart(both.left(), between, edits);
      apart(both.right(), between, edits);
    }
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

  private static Span sign(Expr.Binary binary) {
    String text = binary.span().file().text();
    int at = text.indexOf(binary.operator(), binary.left().span().end());
    return new Span(binary.span().file(), at, at + binary.operator().length());
  }
}
