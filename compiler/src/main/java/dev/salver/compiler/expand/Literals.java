package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;

/** Constant expressions as text. */
final class Literals {
  private Literals() {}

  /** Whether a string has no {@code ${…}} in it. */
  static boolean isPlain(Expr.Text text) {
    return text.parts().stream().allMatch(Expr.Part.Literal.class::isInstance);
  }

  /** The characters of a string without {@code ${…}}. */
  static String text(Expr.Text text) {
    var out = new StringBuilder();
    for (Expr.Part part : text.parts()) {
      if (part instanceof Expr.Part.Literal literal) {
        out.append(literal.text());
      }
    }
    return out.toString();
  }

  /** Equal for equal constants, wherever they are written. */
  static String key(Expr expr) {
    var out = new StringBuilder();
    append(out, expr);
    return out.toString();
  }

  private static void append(StringBuilder out, Expr expr) {
    switch (expr) {
      case Expr.Text text -> out.append('"').append(text(text)).append('"');
      case Expr.Quantity quantity -> out.append(quantity.text());
      case Expr.Word word -> out.append(word.text());
      case Expr.Bool bool -> out.append(bool.value());
      case Expr.ListOf list -> {
        out.append('[');
        for (Expr item : list.items()) {
          append(out, item);
          out.append(',');
        }
        out.append(']');
      }
      case Expr.MapOf map -> {
        out.append('{');
        for (Entry entry : map.block().entries()) {
          if (entry instanceof Entry.Setting setting) {
            for (Name name : setting.path()) {
              out.append(name).append('.');
            }
            append(out, setting.value());
            out.append(',');
          }
        }
        out.append('}');
      }
      default -> out.append(expr.span());
    }
  }
}
