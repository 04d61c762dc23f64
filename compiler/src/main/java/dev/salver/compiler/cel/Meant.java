package dev.salver.compiler.cel;

import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a literal most likely was to say that is compared with a value of another kind. */
final class Meant {
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?");

  private Meant() {}

  /** For whichever of the two sides is a literal; empty where none is, or nothing follows. */
  static Optional<Fix> compared(Piece a, Piece b) {
    return as(a.shape(), b).or(() -> as(b.shape(), a));
  }

  private static Optional<Fix> as(Shape wanted, Piece given) {
    Span at = given.from().span();
    return switch (given.from()) {
      case Expr.Quantity(String text, _) when NUMBER.matcher(text).matches() ->
          withUnit(wanted, text).map(words -> Fix.replace(at, words).suggested());
      case Expr.Quantity(String text, _) when wanted == Scalar.PRICE && text.startsWith("$") ->
          Optional.of(Fix.replace(at, text + "/h"));
      case Expr.Quantity(String text, _) when wanted == Scalar.MONEY && text.endsWith("/h") ->
          Optional.of(Fix.replace(at, text.substring(0, text.length() - 2)));
      case Expr.Text(List<Expr.Part> parts, _)
          when parts.size() == 1 && parts.getFirst() instanceof Expr.Part.Literal(String text) ->
          unquoted(wanted, text.strip()).map(words -> Fix.replace(at, words));
      case Expr.Bool(boolean value, _) when wanted == Scalar.TEXT ->
          Optional.of(Fix.replace(at, "\"" + value + "\""));
      default -> Optional.empty();
    };
  }

  /** The unit is a guess, and so it is a suggestion. */
  private static Optional<String> withUnit(Shape wanted, String number) {
    return switch (wanted) {
      case Scalar.SIZE -> Optional.of(number + "Gi");
      case Scalar.DURATION -> Optional.of(number + "s");
      case Scalar.PERCENT -> Optional.of(number + "%");
      case Scalar.MONEY -> Optional.of("$" + number);
      case Scalar.PRICE -> Optional.of("$" + number + "/h");
      case Scalar.TEXT -> Optional.of("\"" + number + "\"");
      case Shape.Rate(String unit) ->
          Optional.of(number + (unit.equals("cpu") || unit.equals("memory") ? "%" : "") + unit);
      default -> Optional.empty();
    };
  }

  private static Optional<String> unquoted(Shape wanted, String text) {
    boolean isNumber = wanted == Scalar.WHOLE || wanted == Scalar.NUMBER;
    boolean isTruth = text.equals("true") || text.equals("false");
    return (isNumber && NUMBER.matcher(text).matches()) || (wanted == Scalar.BOOL && isTruth)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Its ends, for a range that is no value by itself. */
  static List<Fix> ends(Expr range) {
    Span at = range.span();
    return range instanceof Expr.Member
        ? List.of(
            Fix.replace(at, at.text() + ".min").suggested(),
            Fix.replace(at, at.text() + ".max").suggested())
        : List.of();
  }
}
