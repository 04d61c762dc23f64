package dev.salver.compiler.value;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code == != < <= > >= in}. Unlike values are unequal; only like ones have an order. */
public final class Comparison {
  static final Set<String> OPERATORS = Set.of("==", "!=", "<", "<=", ">", ">=", "in");

  private Comparison() {}

  /** Empty where the operands have no such relation. */
  static Optional<Boolean> apply(String operator, Value left, Value right) {
    return switch (operator) {
      case "==" -> Optional.of(same(left, right));
      case "!=" -> Optional.of(!same(left, right));
      case "in" ->
          switch (right) {
            case Value.Items items ->
                Optional.of(items.items().stream().anyMatch(each -> same(left, each.value())));
            case Value.Entries entries when left instanceof Value.Text key ->
                Optional.of(entries.entries().containsKey(key.text()));
            default -> Optional.empty();
          };
      default -> order(left, right).map(order -> holds(operator, order));
    };
  }

  private static boolean holds(String operator, int order) {
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      default -> order >= 0;
    };
  }

  /** By amount, or by characters. */
  static Optional<Integer> order(Value left, Value right) {
    if (Arithmetic.sameKind(left, right)) {
      return Optional.of(Arithmetic.of(left).compareTo(Arithmetic.of(right)));
    }
    return left instanceof Value.Text a && right instanceof Value.Text b
        ? Optional.of(Integer.signum(a.text().compareTo(b.text())))
        : Optional.empty();
  }

  /** Whether two values are equal, wherever they are written. */
  public static boolean same(Value left, Value right) {
    if (Arithmetic.sameKind(left, right)) {
      return Arithmetic.of(left).compareTo(Arithmetic.of(right)) == 0;
    }
    if (left instanceof Value.Items a && right instanceof Value.Items b) {
      return same(a.items(), b.items());
    }
    if (left instanceof Value.Entries a && right instanceof Value.Entries b) {
      return a.entries().keySet().equals(b.entries().keySet())
          && a.entries().entrySet().stream()
              .allMatch(
                  each -> {
                    Value.Located other = b.entries().get(each.getKey());
                    return other != null && same(each.getValue().value(), other.value());
                  });
    }
    return left.equals(right);
  }

  private static boolean same(List<Value.Located> left, List<Value.Located> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i).value(), right.get(i).value())) {
        return false;
      }
    }
    return true;
  }
}
