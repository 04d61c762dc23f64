package dev.salver.compiler.testing;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Type;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A value as it may have been meant where it does not fit: in one more list, without its outermost
 * one, or each of its elements in the words of another type.
 */
record Rewritten(Expr value, List<Edit> edits) {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,18}(\\.[0-9]{1,18})?");

  Rewritten {
    edits = List.copyOf(edits);
  }

  /** Those there are; whether one of them fits is for the asker to see. */
  static List<Rewritten> of(Expr value, Type wanted) {
    var all = new ArrayList<Rewritten>();
    if (wanted instanceof Type.Tensor tensor) {
      var edits = new ArrayList<Edit>();
      Expr elements = elements(value, tensor.element(), edits);
      if (!edits.isEmpty()) {
        all.add(new Rewritten(elements, edits));
      }
      String text = value.span().text();
      all.add(
          new Rewritten(
              new Expr.ListOf(List.of(value), value.span()),
              List.of(new Edit(value.span(), "[" + text + "]"))));
      if (value instanceof Expr.ListOf(List<Expr> items, _)
          && items.size() == 1
          && items.getFirst() instanceof Expr.ListOf item) {
        all.add(new Rewritten(item, List.of(new Edit(value.span(), item.span().text()))));
      }
    }
    return all;
  }

  /** One that mends it. */
  Fix fix() {
    String words =
        edits.size() == 1
            ? "write `" + edits.getFirst().text() + "`"
            : "write `" + edits.getFirst().text() + "` and so on";
    return new Fix(words, edits);
  }

  private static Expr elements(Expr value, Element element, List<Edit> edits) {
    if (value instanceof Expr.ListOf list) {
      return new Expr.ListOf(
          list.items().stream().map(item -> elements(item, element, edits)).toList(), list.span());
    }
    Expr other = element(value, element);
    if (!other.equals(value)) {
      edits.add(new Edit(value.span(), written(other)));
    }
    return other;
  }

  /** The same where it is none that could be said in another way. */
  private static Expr element(Expr value, Element element) {
    boolean plain =
        value instanceof Expr.Quantity(String text, _) && NUMBER.matcher(text).matches();
    if (element == Element.STRING || element == Element.BYTES) {
      return plain || value instanceof Expr.Bool
          ? new Expr.Text(List.of(new Expr.Part.Literal(value.span().text().strip())), value.span())
          : value;
    }
    String inside =
        value instanceof Expr.Text(List<Expr.Part> parts, _)
                && parts.size() == 1
                && parts.getFirst() instanceof Expr.Part.Literal(String literal)
            ? literal.strip()
            : "";
    if (element == Element.BOOL) {
      String word = plain ? value.span().text().strip() : inside;
      return switch (word) {
        case "1", "true" -> new Expr.Bool(true, value.span());
        case "0", "false" -> new Expr.Bool(false, value.span());
        default -> value;
      };
    }
    if (value instanceof Expr.Bool(boolean truth, _)) {
      return new Expr.Quantity(truth ? "1" : "0", value.span());
    }
    return NUMBER.matcher(inside).matches()
            && LiteralFit.Numbers.fits(new BigDecimal(inside), element)
            && !inside.startsWith("-")
        ? new Expr.Quantity(inside, value.span())
        : value;
  }

  private static String written(Expr value) {
    return switch (value) {
      case Expr.Text text -> "\"" + ((Expr.Part.Literal) text.parts().getFirst()).text() + "\"";
      case Expr.Bool bool -> Boolean.toString(bool.value());
      case Expr.Quantity number -> number.text();
      default -> value.span().text();
    };
  }
}
