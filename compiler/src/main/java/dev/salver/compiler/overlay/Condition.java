package dev.salver.compiler.overlay;

import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code where}: reads what the declaration itself says. A comparison with what is not set is
 * false.
 */
final class Condition {
  private final Resource declaration;
  private final List<Leaf> leaves;
  private final Evaluator evaluator;

  Condition(Resource declaration, List<Leaf> leaves, Scope scope) {
    this.declaration = declaration;
    this.leaves = leaves;
    this.evaluator = new Evaluator(scope, ignored -> {});
  }

  boolean holds(Expr expr) {
    return switch (expr) {
      case Expr.Bool bool -> bool.value();
      case Expr.Unary not when not.operator().equals("!") -> !holds(not.operand());
      case Expr.Binary binary ->
          switch (binary.operator()) {
            case "&&" -> holds(binary.left()) && holds(binary.right());
            case "||" -> holds(binary.left()) || holds(binary.right());
            default -> compares(binary);
          };
      default -> value(expr, true) instanceof Value.Bool bool && bool.value();
    };
  }

  private boolean compares(Expr.Binary binary) {
    Value left = value(binary.left(), isParam(binary.left()));
    Value right = value(binary.right(), true);
    if (left == null || right == null) {
      return false;
    }
    return switch (binary.operator()) {
      case "==" -> same(left, right);
      case "!=" -> !same(left, right);
      case "in" ->
          right instanceof Value.Items items
              && items.items().stream().anyMatch(item -> same(left, item.value()));
      case "<" -> order(left, right).filter(order -> order < 0).isPresent();
      case "<=" -> order(left, right).filter(order -> order <= 0).isPresent();
      case ">" -> order(left, right).filter(order -> order > 0).isPresent();
      case ">=" -> order(left, right).filter(order -> order >= 0).isPresent();
      default -> false;
    };
  }

  /** A word on the left names a setting, one on the right may also stand for itself. */
  private @Nullable Value value(Expr expr, boolean isOperand) {
    Optional<Path> path = path(expr);
    if (path.isEmpty()) {
      return evaluator.value(expr);
    }
    for (Leaf leaf : leaves) {
      if (leaf.path().equals(path.get())) {
        return evaluator.value(leaf.value());
      }
    }
    if (path.get().equals(Path.of("name"))) {
      return new Value.Text(declaration.name().text());
    }
    return isOperand && expr instanceof Expr.Word ? evaluator.value(expr) : null;
  }

  /** {@code env} and params have a value of their own on either side. */
  private boolean isParam(Expr expr) {
    return expr instanceof Expr.Word && !(evaluator.value(expr) instanceof Value.Symbol);
  }

  private static Optional<Path> path(Expr expr) {
    return switch (expr) {
      case Expr.Word word -> Optional.of(Path.of(word.text()));
      case Expr.Member member -> path(member.target()).map(path -> path.then(member.name().text()));
      default -> Optional.empty();
    };
  }

  private static boolean same(Value left, Value right) {
    Optional<Integer> order = order(left, right);
    if (order.isPresent()) {
      return order.get() == 0;
    }
    String text = text(left);
    return text == null ? left.equals(right) : text.equals(text(right));
  }

  private static @Nullable String text(Value value) {
    return switch (value) {
      case Value.Text text -> text.text();
      case Value.Symbol symbol -> symbol.name();
      default -> null;
    };
  }

  private static Optional<Integer> order(Value left, Value right) {
    BigDecimal a = amount(left);
    BigDecimal b = amount(right);
    return a == null || b == null || !left.kind().equals(right.kind())
        ? Optional.empty()
        : Optional.of(a.compareTo(b));
  }

  private static @Nullable BigDecimal amount(Value value) {
    return switch (value) {
      case Value.Plain number -> number.value();
      case Value.Size size -> size.bytes();
      case Value.Cpu cpu -> cpu.millis();
      case Value.Duration duration -> duration.millis();
      case Value.Percent percent -> percent.percent();
      default -> null;
    };
  }
}
