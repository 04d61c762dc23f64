package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.type.Dimension;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Literals as they were most likely meant, where they are of another kind than is wanted. */
final class Amended {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  /** What a status says, of those that a graph has reason to give. */
  private static final Map<Integer, String> REASONS =
      Map.of(
          400, "bad request",
          401, "unauthorized",
          403, "forbidden",
          404, "not found",
          409, "conflict",
          422, "unprocessable content",
          429, "too many requests",
          500, "internal error",
          501, "not implemented",
          503, "unavailable");

  private Amended() {}

  /**
   * A value of a tensor's element.
   *
   * @param wanted null where any would do
   */
  static Optional<Fix> element(@Nullable Element wanted, Value value, Span at) {
    boolean isText = wanted == Element.STRING;
    boolean isNumber = wanted != null && wanted.isNumber();
    return switch (value) {
      case Value.Symbol symbol when isText || wanted == null ->
          Optional.of(Fix.replace(at, "\"" + symbol.name() + "\""));
      case Value.Percent percent when (isNumber || wanted == null) && at.text().endsWith("%") ->
          Optional.of(Fix.replace(at, fraction(percent.percent())));
      case Value.Plain plain when isText -> quoted(at);
      case Value.Text text when isNumber && isNumber(text.text()) ->
          Optional.of(Fix.replace(at, text.text()));
      default -> Optional.empty();
    };
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private static Optional<Fix> quoted(Span at) {
    return isNumber(at.text())
        ? Optional.of(Fix.replace(at, "\"" + at.text() + "\""))
        : Optional.empty();
  }

  /** {@code 12.5%} as a number. */
  static String fraction(BigDecimal percent) {
    return percent.divide(HUNDRED).stripTrailingZeros().toPlainString();
  }

  /** A template's argument. */
  static Optional<Fix> argument(TypeRef type, Value value, Span at) {
    if (Constants.dimension(type).equals(Optional.of(Dimension.PERCENT))
        && value instanceof Value.Plain(BigDecimal number)
        && isNumber(at.text())) {
      BigDecimal percent =
          number.compareTo(BigDecimal.ONE) <= 0 ? number.multiply(HUNDRED) : number;
      return Optional.of(Fix.replace(at, percent.stripTrailingZeros().toPlainString() + "%"));
    }
    return type instanceof TypeRef.Named named && named.dims().isEmpty()
        ? Element.of(named.name().text()).flatMap(each -> element(each, value, at))
        : Optional.empty();
  }

  /** {@code fail} with its arguments turned, or one of them alone. */
  static Optional<Fix> fail(List<Expr.Argument> arguments, List<Value> values) {
    Span first = arguments.isEmpty() ? null : arguments.getFirst().value().span();
    if (first == null || arguments.stream().anyMatch(each -> each.name() != null)) {
      return Optional.empty();
    }
    if (values.size() == 2
        && values.get(0) instanceof Value.Text
        && values.get(1) instanceof Value.Plain status
        && isStatus(status)) {
      Span second = arguments.get(1).value().span();
      return Optional.of(
          new Fix(
              "swap them",
              List.of(new Edit(first, second.text()), new Edit(second, first.text()))));
    }
    if (values.size() != 1) {
      return Optional.empty();
    }
    return switch (values.getFirst()) {
      case Value.Text text ->
          Optional.of(
              Fix.insert("add a status, `500`", first.file(), first.start(), "500, ").suggested());
      case Value.Plain status when isStatus(status) && reason(status) != null ->
          Optional.of(
              Fix.insert(
                      "add a message, `\"" + reason(status) + "\"`",
                      first.file(),
                      first.end(),
                      ", \"" + reason(status) + "\"")
                  .suggested());
      default -> Optional.empty();
    };
  }

  private static @Nullable String reason(Value.Plain status) {
    return REASONS.get(status.value().intValueExact());
  }

  /** Whether {@code fail} can give it: a whole number from 400 to 599. */
  static boolean isStatus(Value.Plain status) {
    BigDecimal number = status.value();
    return number.stripTrailingZeros().scale() <= 0
        && number.compareTo(BigDecimal.valueOf(400)) >= 0
        && number.compareTo(BigDecimal.valueOf(599)) <= 0;
  }
}
