package dev.salver.compiler.value;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** CEL's functions over values, a method's target being the first argument. */
final class Functions {
  private Functions() {}

  /** Empty where there is no such function of such arguments. */
  static Optional<Value> apply(String name, List<Value> arguments) {
    return switch (arguments.size()) {
      case 1 -> one(name, arguments.getFirst());
      case 2 -> two(name, arguments.getFirst(), arguments.getLast());
      default -> several(name, arguments);
    };
  }

  private static Optional<Value> one(String name, Value value) {
    return switch (value) {
      case Value.Text(String text) ->
          switch (name) {
            case "size" -> number(text.codePointCount(0, text.length()));
            case "string" -> text(text);
            case "lowerAscii" -> text(text.toLowerCase(Locale.ROOT));
            case "upperAscii" -> text(text.toUpperCase(Locale.ROOT));
            case "trim" -> text(text.strip());
            default -> Optional.empty();
          };
      case Value.Items(List<Value.Located> items) ->
          switch (name) {
            case "size" -> number(items.size());
            case "min", "max" -> extreme(name, items.stream().map(Value.Located::value).toList());
            default -> Optional.empty();
          };
      case Value.Entries entries when name.equals("size") -> number(entries.entries().size());
      case Value.Plain number when name.equals("string") -> text(number.value().toPlainString());
      case Value.Bool bool when name.equals("string") -> text(Boolean.toString(bool.value()));
      default -> Optional.empty();
    };
  }

  private static Optional<Value> two(String name, Value first, Value second) {
    if (first instanceof Value.Text text && second instanceof Value.Text other) {
      switch (name) {
        case "startsWith" -> {
          return bool(text.text().startsWith(other.text()));
        }
        case "endsWith" -> {
          return bool(text.text().endsWith(other.text()));
        }
        case "contains" -> {
          return bool(text.text().contains(other.text()));
        }
        default -> {}
      }
    }
    return several(name, List.of(first, second));
  }

  private static Optional<Value> several(String name, List<Value> arguments) {
    if (name.equals("min") || name.equals("max")) {
      return extreme(name, arguments);
    }
    if (name.equals("replace")
        && arguments.size() == 3
        && arguments.get(0) instanceof Value.Text text
        && arguments.get(1) instanceof Value.Text from
        && arguments.get(2) instanceof Value.Text to) {
      long most = (long) text.text().length() * Math.max(1, to.text().length());
      return most > Texts.MAX_TEXT
          ? Optional.empty()
          : text(text.text().replace(from.text(), to.text()));
    }
    return Optional.empty();
  }

  private static Optional<Value> extreme(String name, List<Value> values) {
    Value best = null;
    for (Value value : values) {
      if (best == null) {
        best = value;
        continue;
      }
      Optional<Integer> order = Comparison.order(value, best);
      if (order.isEmpty()) {
        return Optional.empty();
      }
      if (name.equals("max") ? order.get() > 0 : order.get() < 0) {
        best = value;
      }
    }
    return Optional.ofNullable(best).filter(Arithmetic::isAmount);
  }

  private static Optional<Value> number(int value) {
    return Optional.of(new Value.Plain(BigDecimal.valueOf(value)));
  }

  private static Optional<Value> text(String text) {
    return Optional.of(new Value.Text(text));
  }

  private static Optional<Value> bool(boolean value) {
    return Optional.of(new Value.Bool(value));
  }
}
