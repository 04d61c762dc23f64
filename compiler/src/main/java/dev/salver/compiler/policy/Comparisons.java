package dev.salver.compiler.policy;

import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The comparisons of a condition, each as it has to come out for a verdict. */
final class Comparisons {
  private final List<Wish> wishes = new ArrayList<>();

  private Comparisons() {}

  /**
   * That a value be related to a bound.
   *
   * @param path below {@code self}
   * @param operator {@code <=}, {@code >=}, {@code ==}, {@code <} or {@code >}
   */
  record Wish(List<String> path, String operator, Expr bound) {}

  /** Each alone may bring the verdict; whether it does is for the asker to see. */
  static List<Wish> of(Expr condition, boolean verdict) {
    var comparisons = new Comparisons();
    comparisons.walk(condition, verdict);
    return comparisons.wishes;
  }

  private void walk(Expr expr, boolean verdict) {
    switch (expr) {
      case Expr.Unary unary when unary.operator().equals("!") -> walk(unary.operand(), !verdict);
      case Expr.Binary(String operator, Expr left, Expr right, _)
          when operator.equals("&&") || operator.equals("||") -> {
        walk(left, verdict);
        walk(right, verdict);
      }
      case Expr.Binary(String operator, Expr left, Expr.ListOf list, _)
          when operator.equals("in") && verdict && !list.items().isEmpty() ->
          wish(left, "==", list.items().getFirst());
      case Expr.Binary(String operator, Expr left, Expr right, _) -> {
        String wanted = verdict ? operator : negated(operator);
        if (path(left).isPresent()) {
          wish(left, wanted, right);
        } else {
          wish(right, mirrored(wanted), left);
        }
      }
      default -> {}
    }
  }

  private void wish(Expr value, String operator, Expr bound) {
    boolean known = List.of("<=", ">=", "==", "<", ">").contains(operator);
    path(value)
        .filter(path -> known)
        .ifPresent(path -> wishes.add(new Wish(path, operator, bound)));
  }

  private static String negated(String operator) {
    return switch (operator) {
      case "<" -> ">=";
      case "<=" -> ">";
      case ">" -> "<=";
      case ">=" -> "<";
      case "!=" -> "==";
      default -> "";
    };
  }

  private static String mirrored(String operator) {
    return switch (operator) {
      case "<" -> ">";
      case "<=" -> ">=";
      case ">" -> "<";
      case ">=" -> "<=";
      default -> operator;
    };
  }

  /** The keys behind {@code self}; empty for what is no such path. */
  private static Optional<List<String>> path(Expr expr) {
    var keys = new ArrayList<String>();
    Expr at = expr;
    while (at instanceof Expr.Member member) {
      keys.addFirst(member.name().text());
      at = member.target();
    }
    boolean isSelf = at instanceof Expr.Word(String word, _) && word.equals("self");
    return isSelf && !keys.isEmpty() ? Optional.of(keys) : Optional.empty();
  }
}
