package dev.salver.compiler.cel;

import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Values in the form of the language, never longer than {@value #MAX} characters. */
public final class Shown {
  public static final int MAX = 60;

  private Shown() {}

  /** A value; the shape says what a number counts. */
  public static String of(Object value, Shape shape) {
    var out = new StringBuilder();
    write(out, value, shape);
    return out.length() > MAX ? out.substring(0, MAX - 1) + "…" : out.toString();
  }

  static SubValue part(Piece part, Outcome outcome) {
    Expr from = part.from();
    String shown =
        switch (outcome) {
          case Outcome.Value(Object value) -> of(value, part.shape());
          case Outcome.NotSet notSet -> "not set";
          case Outcome.Failed(String why) -> "no value: " + why;
        };
    boolean isRead = from instanceof Expr.Word || from instanceof Expr.Member;
    return new SubValue(from.span(), place(from), shown, isRead);
  }

  /**
   * An operator between its operands, the name of a function or of a field of what it gave, the
   * start of anything else.
   */
  private static int place(Expr expr) {
    Span span = expr.span();
    return switch (expr) {
      case Expr.Binary binary ->
          Math.max(
              binary.left().span().end(),
              span.file().text().indexOf(binary.operator(), binary.left().span().end()));
      case Expr.Call(Expr.Member member, List<Expr.Argument> arguments, Span all) ->
          member.name().span().start();
      case Expr.Index index -> index.target().span().end();
      case Expr.Member member when !isPath(member.target()) -> member.name().span().start();
      default -> span.start();
    };
  }

  private static boolean isPath(Expr expr) {
    return expr instanceof Expr.Word
        || (expr instanceof Expr.Member member && isPath(member.target()));
  }

  private static void write(StringBuilder out, Object value, Shape shape) {
    if (out.length() > MAX) {
      return;
    }
    switch (value) {
      case String text when shape instanceof Shape.Words -> out.append(text);
      case String text ->
          out.append(Literals.quoted(text.length() > MAX ? text.substring(0, MAX) : text));
      case List<?> list -> {
        out.append('[');
        Iterator<?> items = list.iterator();
        while (items.hasNext() && out.length() <= MAX) {
          write(out, items.next(), shape instanceof Shape.ListOf(Shape item) ? item : Shape.ANY);
          out.append(items.hasNext() ? ", " : "");
        }
        out.append(']');
      }
      case Map<?, ?> map -> {
        out.append(map.isEmpty() ? "{" : "{ ");
        var entries = map.entrySet().iterator();
        while (entries.hasNext() && out.length() <= MAX) {
          var entry = entries.next();
          out.append(entry.getKey()).append(" = ");
          write(out, entry.getValue(), shape instanceof Shape.MapOf(Shape of) ? of : Shape.ANY);
          out.append(entries.hasNext() ? ", " : " ");
        }
        out.append('}');
      }
      case Duration duration -> out.append(duration(duration));
      case Double number -> out.append(number(number, shape));
      default -> out.append(value);
    }
  }

  private static String number(double number, Shape shape) {
    String plain =
        Double.isFinite(number)
            ? new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString()
            : Double.toString(number);
    return switch (shape) {
      case Scalar.PERCENT -> plain + "%";
      case Scalar.MONEY -> "$" + cents(number);
      case Scalar.PRICE -> "$" + cents(number) + "/h";
      case Shape.Rate(String unit) ->
          plain + (unit.equals("cpu") || unit.equals("memory") ? "%" : "") + unit;
      default -> plain;
    };
  }

  private static String cents(double dollars) {
    if (!Double.isFinite(dollars)) {
      return Double.toString(dollars);
    }
    BigDecimal cents = BigDecimal.valueOf(dollars).setScale(2, RoundingMode.HALF_UP);
    return cents.stripTrailingZeros().scale() <= 0
        ? cents.toBigInteger().toString()
        : cents.toPlainString();
  }

  private static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    if (duration.toNanosPart() != 0) {
      return duration.toMillis() + "ms";
    }
    if (seconds != 0 && seconds % 3600 == 0) {
      return seconds / 3600 + "h";
    }
    return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + "min" : seconds + "s";
  }
}
