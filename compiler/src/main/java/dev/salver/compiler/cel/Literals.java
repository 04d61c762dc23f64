package dev.salver.compiler.cel;

import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;

/**
 * Literals as CEL: sizes and cpus as {@code quantity("4Gi")}, durations as {@code
 * duration("600s")}, percentages, rates and money as numbers.
 */
final class Literals {
  private Literals() {}

  static Piece of(Expr.Quantity literal, Value value) {
    return switch (value) {
      case Value.Plain plain -> number(literal, plain.value());
      case Value.Size size -> Piece.literal(literal, quantity(size.text()), Scalar.SIZE);
      case Value.Cpu cpu ->
          Piece.literal(literal, quantity(cpu.millis().toPlainString() + "m"), Scalar.CPU);
      case Value.Duration duration ->
          Piece.literal(literal, "duration(" + quoted(unit(duration)) + ")", Scalar.DURATION);
      case Value.Percent percent ->
          Piece.literal(literal, decimal(percent.percent()), Scalar.PERCENT);
      case Value.Rate rate ->
          Piece.literal(
              literal, decimal(rate.amount()), new Shape.Rate(rate.unit().replace("%", "")));
      case Value.Money money ->
          money.per().isEmpty()
              ? Piece.literal(literal, decimal(money.amount()), Scalar.MONEY)
              : money
                  .hourly()
                  .map(dollars -> Piece.literal(literal, decimal(dollars), Scalar.PRICE))
                  .orElseGet(() -> Piece.literal(literal, "0.0", new Shape.Rate(money.per())));
      default -> Piece.broken(literal);
    };
  }

  private static Piece number(Expr.Quantity from, BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    boolean whole =
        from.text().chars().allMatch(c -> Character.isDigit(c) || c == '_')
            && plain.precision() - plain.scale() <= 18;
    return whole
        ? Piece.literal(from, plain.toPlainString(), Scalar.WHOLE)
        : Piece.literal(from, decimal(number), Scalar.NUMBER);
  }

  static String quantity(String text) {
    return "quantity(" + quoted(text) + ")";
  }

  private static String unit(Value.Duration duration) {
    BigDecimal seconds = duration.millis().movePointLeft(3).stripTrailingZeros();
    return seconds.scale() <= 0
        ? seconds.toPlainString() + "s"
        : duration.millis().stripTrailingZeros().toPlainString() + "ms";
  }

  /** With a point, which makes it CEL's double. */
  static String decimal(BigDecimal number) {
    String plain = number.toPlainString();
    return plain.indexOf('.') < 0 ? plain + ".0" : plain;
  }

  static String quoted(String text) {
    var out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < ' ' || c == 0x7f) {
            out.append("\\x").append(String.format("%02x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }
}
