package dev.salver.compiler.typing;

import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.typing.Shape.Base;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A literal that stands against a value of another kind, as one of that kind. */
final class Operands {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");
  private static final Pattern PERCENT = Pattern.compile("[0-9]+(\\.[0-9]+)?%");
  private static final Set<String> TRUTHS = Set.of("true", "false");
  private static final Set<String> EQUALITIES = Set.of("==", "!=");

  private Operands() {}

  static Optional<Fix> alike(Expr.Binary binary, @Nullable Base left, @Nullable Base right) {
    boolean equality = EQUALITIES.contains(binary.operator());
    return written(binary.right(), left, equality)
        .or(() -> written(binary.left(), right, equality));
  }

  /**
   * @param wanted the kind of the other side
   */
  private static Optional<Fix> written(Expr literal, @Nullable Base wanted, boolean equality) {
    Span span = literal.span();
    String text = span.text().strip();
    String inner = text.length() < 2 ? text : text.substring(1, text.length() - 1);
    return switch (literal) {
      case Expr.Quantity percent when wanted == Base.NUMBER && PERCENT.matcher(text).matches() ->
          Optional.of(Fix.replace(span, fraction(text)));
      case Expr.Quantity number
          when wanted == Base.TEXT && equality && NUMBER.matcher(text).matches() ->
          Optional.of(Fix.replace(span, "\"" + text + "\""));
      case Expr.Text quoted when wanted == Base.NUMBER && NUMBER.matcher(inner).matches() ->
          Optional.of(Fix.replace(span, inner));
      case Expr.Text quoted when wanted == Base.BOOL && TRUTHS.contains(inner) ->
          Optional.of(Fix.replace(span, inner));
      default -> Optional.empty();
    };
  }

  private static String fraction(String percent) {
    return new BigDecimal(percent.substring(0, percent.length() - 1))
        .movePointLeft(2)
        .stripTrailingZeros()
        .toPlainString();
  }
}
