package dev.salver.compiler.value;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Operators over values. One over a word that stands for itself is a formula. */
final class Operators {
  private final Evaluator evaluator;
  private final Consumer<Diagnostic> diagnostics;

  Operators(Evaluator evaluator, Consumer<Diagnostic> diagnostics) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
  }

  Value unary(Expr.Unary unary) {
    Value operand = evaluator.value(unary.operand());
    if (operand instanceof Value.Unset && unary.operator().equals("!")) {
      return new Value.Bool(true);
    }
    if (isSettled(operand, unary.operand().span())) {
      return operand instanceof Value.Secret ? new Value.Broken() : unknown(operand);
    }
    if (unary.operator().equals("!")) {
      return operand instanceof Value.Bool bool
          ? new Value.Bool(!bool.value())
          : wrong(unary.span(), "`!` takes `true` or `false`, not " + operand.kind());
    }
    Value negative = Arithmetic.negative(operand);
    return negative == null
        ? wrong(unary.span(), "`-` takes a number, not " + operand.kind())
        : negative;
  }

  Value binary(Expr.Binary binary) {
    return switch (binary.operator()) {
      case ".." -> range(binary);
      case "for" -> new Value.Formula();
      case "&&", "||" -> logical(binary);
      default -> both(binary);
    };
  }

  private Value range(Expr.Binary binary) {
    Value low = evaluator.value(binary.left());
    Value high = evaluator.value(binary.right());
    if (low instanceof Value.Broken || high instanceof Value.Broken) {
      return new Value.Broken();
    }
    return new Value.Range(end(low), end(high));
  }

  private static @Nullable Value end(Value value) {
    return value instanceof Value.Open ? null : value;
  }

  /** What the left side decides, the right side is not asked. */
  private Value logical(Expr.Binary binary) {
    boolean and = binary.operator().equals("&&");
    Value left = evaluator.value(binary.left());
    if (left instanceof Value.Bool bool && bool.value() != and) {
      return left;
    }
    Value right = evaluator.value(binary.right());
    Value refusedLeft = condition(binary.operator(), left, binary.left().span());
    if (refusedLeft != null) {
      return refusedLeft;
    }
    Value refusedRight = condition(binary.operator(), right, binary.right().span());
    return refusedRight == null ? right : refusedRight;
  }

  /** Null for a truth value, otherwise what an operator over it is. */
  private @Nullable Value condition(String operator, Value value, Span span) {
    if (isSettled(value, span)) {
      return value instanceof Value.Secret ? new Value.Broken() : unknown(value);
    }
    return value instanceof Value.Bool
        ? null
        : wrong(span, "`" + operator + "` takes `true` or `false`, not " + value.kind());
  }

  private Value both(Expr.Binary binary) {
    String operator = binary.operator();
    boolean compares = Comparison.OPERATORS.contains(operator);
    Value left = compares ? evaluator.compared(binary.left()) : evaluator.value(binary.left());
    Value right = evaluator.value(binary.right());
    if (compares && (left instanceof Value.Unset || right instanceof Value.Unset)) {
      return new Value.Bool(false);
    }
    if (operator.equals("*")
        && right instanceof Value.Plain number
        && (left instanceof Value.Symbol || left instanceof Value.Items)) {
      return new Value.Count(left, number.value());
    }
    if (isSettled(left, binary.left().span())) {
      return left instanceof Value.Secret ? new Value.Broken() : unknown(left);
    }
    if (isSettled(right, binary.right().span())) {
      return right instanceof Value.Secret ? new Value.Broken() : unknown(right);
    }
    return switch (operator) {
      case "+", "-", "*", "/", "%" -> arithmetic(binary, left, right);
      default -> {
        Optional<Boolean> holds = Comparison.apply(operator, left, right);
        yield holds.isPresent()
            ? new Value.Bool(holds.get())
            : unlike(
                binary,
                left,
                right,
                "`" + operator + "` can't compare " + left.kind() + " with " + right.kind());
      }
    };
  }

  private Value arithmetic(Expr.Binary binary, Value left, Value right) {
    var result = Arithmetic.apply(binary.operator(), left, right);
    if (result.value() != null) {
      return result.value();
    }
    return switch (Objects.requireNonNull(result.problem())) {
      case OPERANDS ->
          unlike(
              binary,
              left,
              right,
              "`"
                  + binary.operator()
                  + "` has no result for "
                  + left.kind()
                  + " and "
                  + right.kind());
      case ZERO -> refused(binary.right().span(), "this divides by zero");
      case LARGE -> refused(binary.span(), "the result is too large");
    };
  }

  /** Only the branch that is chosen is worked out. */
  Value conditional(Expr.Conditional conditional) {
    Value condition = evaluator.value(conditional.condition());
    Span span = conditional.condition().span();
    return switch (condition) {
      case Value.Bool bool ->
          evaluator.value(bool.value() ? conditional.then() : conditional.otherwise());
      case Value.Broken broken -> broken;
      case Value.Secret secret -> {
        diagnostics.accept(Secrets.misused(secret, span, "can't decide anything"));
        yield new Value.Broken();
      }
      case Value.Symbol symbol -> {
        evaluator.unknown(symbol, span);
        yield new Value.Broken();
      }
      case Value.Formula formula -> {
        diagnostics.accept(
            Diagnostic.of(Code.SV2006, span, "`" + shown(span) + "` has no value when compiling"));
        yield new Value.Broken();
      }
      default -> wrong(span, "before `?` stands `true` or `false`, not " + condition.kind());
    };
  }

  private static String shown(Span span) {
    String text = span.text().strip();
    return (text.length() > 40 ? text.substring(0, 40) + "…" : text).replace('\n', ' ');
  }

  /** Whether an operand leaves nothing to work out; a secret is reported. */
  private boolean isSettled(Value operand, Span span) {
    return switch (operand) {
      case Value.Broken broken -> true;
      case Value.Symbol symbol -> true;
      case Value.Formula formula -> true;
      case Value.Unset unset -> true;
      case Value.Open open -> true;
      case Value.Secret secret -> {
        diagnostics.accept(
            Secrets.misused(secret, span, "can't be compared, added or put together"));
        yield true;
      }
      default -> false;
    };
  }

  private static Value unknown(Value operand) {
    return operand instanceof Value.Broken ? operand : new Value.Formula();
  }

  private Value unlike(Expr.Binary binary, Value left, Value right, String message) {
    var diagnostic = Diagnostic.of(Code.SV2010, binary.span(), message);
    diagnostics.accept(
        Alike.operands(binary, left, right).map(diagnostic::fixedBy).orElse(diagnostic));
    return new Value.Broken();
  }

  private Value wrong(Span span, String message) {
    diagnostics.accept(Diagnostic.of(Code.SV2010, span, message));
    return new Value.Broken();
  }

  private Value refused(Span span, String message) {
    diagnostics.accept(Diagnostic.of(Code.SV2011, span, message));
    return new Value.Broken();
  }
}
