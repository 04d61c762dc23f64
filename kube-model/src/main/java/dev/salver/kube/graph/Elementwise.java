package dev.salver.kube.graph;

import java.util.ArrayList;
import java.util.List;

/** Operators of a condition over all elements of tensors; a scalar stands beside each of them. */
final class Elementwise {
  private Elementwise() {}

  /**
   * @throws IllegalArgumentException in words, where the operands do not fit each other
   */
  static Object each(Object left, String operator, Object right) {
    if (left instanceof List<?> many && right instanceof List<?> others) {
      if (many.size() != others.size()) {
        throw new IllegalArgumentException(
            "`"
                + operator
                + "` stands between "
                + many.size()
                + " and "
                + others.size()
                + " values");
      }
      var result = new ArrayList<Object>();
      for (int i = 0; i < many.size(); i++) {
        result.add(each(many.get(i), operator, others.get(i)));
      }
      return result;
    }
    if (left instanceof List<?> many) {
      return many.stream().map(each -> each(each, operator, right)).toList();
    }
    if (right instanceof List<?> many) {
      return many.stream().map(each -> each(left, operator, each)).toList();
    }
    return one(left, operator, right);
  }

  private static Object one(Object left, String operator, Object right) {
    if (left instanceof Boolean a && right instanceof Boolean b) {
      return switch (operator) {
        case "&&" -> a && b;
        case "||" -> a || b;
        case "==" -> a.equals(b);
        case "!=" -> !a.equals(b);
        default -> throw unfit(left, operator, right);
      };
    }
    if (left instanceof String a && right instanceof String b) {
      return operator.equals("+") ? (Object) (a + b) : (Object) holds(a.compareTo(b), operator);
    }
    if (left instanceof Number a && right instanceof Number b) {
      return switch (operator) {
        case "+", "-", "*", "/", "%" -> arithmetic(a, operator, b);
        default -> compared(a, operator, b);
      };
    }
    throw unfit(left, operator, right);
  }

  /** NaN is like nothing. */
  private static boolean compared(Number left, String operator, Number right) {
    if (left instanceof Long a && right instanceof Long b) {
      return holds(Long.compare(a, b), operator);
    }
    double a = left.doubleValue();
    double b = right.doubleValue();
    if (Double.isNaN(a) || Double.isNaN(b)) {
      return operator.equals("!=");
    }
    return holds(a < b ? -1 : a > b ? 1 : 0, operator);
  }

  private static boolean holds(int order, String operator) {
    return switch (operator) {
      case "<" -> order < 0;
      case "<=" -> order <= 0;
      case ">" -> order > 0;
      case ">=" -> order >= 0;
      case "==" -> order == 0;
      case "!=" -> order != 0;
      default -> throw new IllegalArgumentException("there is no operator `" + operator + "`");
    };
  }

  private static Object arithmetic(Number left, String operator, Number right) {
    if (left instanceof Long a && right instanceof Long b) {
      if (b == 0 && (operator.equals("/") || operator.equals("%"))) {
        throw new IllegalArgumentException("divide by zero");
      }
      return switch (operator) {
        case "+" -> a + b;
        case "-" -> a - b;
        case "*" -> a * b;
        case "/" -> a / b;
        default -> a % b;
      };
    }
    double a = left.doubleValue();
    double b = right.doubleValue();
    return switch (operator) {
      case "+" -> a + b;
      case "-" -> a - b;
      case "*" -> a * b;
      case "/" -> a / b;
      default -> a % b;
    };
  }

  private static IllegalArgumentException unfit(Object left, String operator, Object right) {
    return new IllegalArgumentException(
        "`" + operator + "` does not fit between `" + left + "` and `" + right + "`");
  }
}
