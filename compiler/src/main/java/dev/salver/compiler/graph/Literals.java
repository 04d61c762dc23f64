package dev.salver.compiler.graph;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Values that are known when compiling, written out, so that nothing is left to look up. */
final class Literals {
  private Literals() {}

  /** The value as an expression at the place of the one that gave it. */
  static Expr of(Value value, Expr written) {
    Span span = written.span();
    return switch (value) {
      case Value.Text text -> new Expr.Text(List.of(new Expr.Part.Literal(text.text())), span);
      case Value.Bool bool -> new Expr.Bool(bool.value(), span);
      case Value.Plain number when number.value().signum() >= 0 ->
          new Expr.Quantity(number.value().toPlainString(), span);
      case Value.Plain number ->
          new Expr.Unary(
              "-", new Expr.Quantity(number.value().negate().toPlainString(), span), span);
      case Value.Items items -> {
        var parts = new ArrayList<Expr>();
        items.items().forEach(each -> parts.add(of(each.value(), written)));
        yield new Expr.ListOf(parts, span);
      }
      default -> written;
    };
  }

  /** Whether an element type holds whole numbers only. */
  static boolean isWhole(Element element) {
    return switch (element) {
      case F16, BF16, F32, F64 -> false;
      default -> true;
    };
  }
}
