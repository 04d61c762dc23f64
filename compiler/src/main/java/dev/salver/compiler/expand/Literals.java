package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;

/** Constant expressions as keys. */
final class Literals {
  private Literals() {}

  /** Equal for equal constants, wherever they are written. */
  static String key(Expr expr) {
    var out = new StringBuilder();
    append(out, expr);
    return out.toString();
  }

  private static void append(StringBuilder out, Expr expr) {
    switch (expr) {
      case Expr.Text text -> out.append('"').append(text.plainText().orElse("")).append('"');
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
