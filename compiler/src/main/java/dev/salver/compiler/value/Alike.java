package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings one operand, as it is written, to the kind of the other, where it is plain what's meant.
 */
final class Alike {
  private static final Pattern AMOUNT = Pattern.compile("(\\$?)([0-9][0-9_.]*)(\\D*)");

  private Alike() {}

  /** The change of one side; empty where none follows from the other. */
  static Optional<Fix> operands(Expr.Binary binary, Value left, Value right) {
    return operand(binary, binary.right(), right, binary.left(), left)
        .or(() -> operand(binary, binary.left(), left, binary.right(), right));
  }

  private static Optional<Fix> operand(
      Expr.Binary binary, Expr changed, Value value, Expr model, Value other) {
    if (!(value instanceof Value.Plain)) {
      return Optional.empty();
    }
    boolean scales = binary.operator().equals("*") || binary.operator().equals("/");
    if (changed instanceof Expr.Quantity number && model instanceof Expr.Quantity like && !scales) {
      return unit(number, like);
    }
    if (binary.operator().equals("+") && other instanceof Value.Text) {
      Span span = changed.span();
      String text = span.text().strip();
      return switch (changed) {
        case Expr.Quantity number -> Optional.of(Fix.replace(span, "\"" + text + "\""));
        case Expr.Word word -> Optional.of(Fix.replace(span, "\"${" + text + "}\""));
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  /** {@code 2Gi + 1} with the unit of the other. */
  private static Optional<Fix> unit(Expr.Quantity number, Expr.Quantity like) {
    Matcher amount = AMOUNT.matcher(like.text());
    return amount.matches()
        ? Optional.of(Fix.replace(number.span(), amount.group(1) + number.text() + amount.group(3)))
        : Optional.empty();
  }
}
