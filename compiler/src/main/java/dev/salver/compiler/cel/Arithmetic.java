package dev.salver.compiler.cel;

import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.syntax.Expr;

/** {@code + - * / %} by dimension; a broken piece where two do not go together. */
final class Arithmetic {
  private Arithmetic() {}

  static Piece of(Expr from, String operator, Piece a, Piece b, boolean hasOwn) {
    Shape left = a.shape();
    Shape right = b.shape();
    if (left instanceof Shape.Any || right instanceof Shape.Any) {
      return any(from, operator, a, b, hasOwn);
    }
    if (Operators.isQuantity(left)) {
      return quantities(from, operator, a, b, hasOwn);
    }
    if (Operators.isQuantity(right) && operator.equals("*")) {
      return quantities(from, operator, b, a, hasOwn);
    }
    if (Operators.isNumber(left) && Operators.isNumber(right)) {
      return numbers(from, operator, a, b);
    }
    if (left == Scalar.DURATION && right == Scalar.DURATION) {
      return operator.equals("+") || operator.equals("-")
          ? plain(from, operator, a, b, left)
          : Piece.broken(from);
    }
    boolean texts = Operators.isText(left) && Operators.isText(right);
    boolean lists = left instanceof Shape.ListOf && left.equals(right);
    if (operator.equals("+") && (texts || lists)) {
      Shape shape = texts ? Scalar.TEXT : left;
      return hasOwn ? own(from, "_plus", a, b, shape) : plain(from, operator, a, b, shape);
    }
    return Piece.broken(from);
  }

  /** Numbers of one dimension add up; a plain number scales any; two of one make a plain one. */
  private static Piece numbers(Expr from, String operator, Piece a, Piece b) {
    boolean whole = a.shape() == Scalar.WHOLE && b.shape() == Scalar.WHOLE;
    if (whole) {
      return plain(from, operator, a, b, Scalar.WHOLE);
    }
    Piece x = Operators.number(a);
    Piece y = Operators.number(b);
    boolean plainLeft = x.shape() == Scalar.NUMBER;
    boolean plainRight = y.shape() == Scalar.NUMBER;
    boolean same = x.shape().equals(y.shape());
    return switch (operator) {
      case "+", "-" -> same ? plain(from, operator, x, y, x.shape()) : Piece.broken(from);
      case "*" ->
          plainLeft || plainRight
              ? plain(from, operator, x, y, plainLeft ? y.shape() : x.shape())
              : Piece.broken(from);
      case "/" ->
          plainRight || same
              ? plain(from, operator, x, y, plainRight ? x.shape() : Scalar.NUMBER)
              : Piece.broken(from);
      default -> Piece.broken(from);
    };
  }

  private static Piece quantities(Expr from, String operator, Piece a, Piece b, boolean hasOwn) {
    boolean same =
        Operators.isQuantity(b.shape())
            && (a.shape().equals(b.shape())
                || a.shape() == Scalar.QUANTITY
                || b.shape() == Scalar.QUANTITY);
    boolean scales = b.shape() == Scalar.WHOLE || b.shape() == Scalar.NUMBER;
    return switch (operator) {
      case "+" -> same ? method(from, a, "add", b) : Piece.broken(from);
      case "-" -> same ? method(from, a, "sub", b) : Piece.broken(from);
      case "*" ->
          scales && hasOwn
              ? own(from, "_times", a, Operators.number(b), a.shape())
              : Piece.broken(from);
      default -> Piece.broken(from);
    };
  }

  private static Piece any(Expr from, String operator, Piece a, Piece b, boolean hasOwn) {
    if (operator.equals("+") && hasOwn) {
      return own(from, "_plus", a, b, Shape.ANY);
    }
    boolean numbers = Operators.isNumber(a.shape()) || Operators.isNumber(b.shape());
    boolean both = a.shape() instanceof Shape.Any && b.shape() instanceof Shape.Any;
    return numbers || both
        ? plain(from, operator, asDouble(a), asDouble(b), Scalar.NUMBER)
        : Piece.broken(from);
  }

  private static Piece asDouble(Piece piece) {
    return piece.shape() instanceof Shape.Any
        ? piece.as("double(" + piece.text() + ")", Scalar.NUMBER)
        : Operators.number(piece);
  }

  private static Piece plain(Expr from, String operator, Piece a, Piece b, Shape shape) {
    return Piece.of(from, "(" + a.text() + " " + operator + " " + b.text() + ")", shape, a, b);
  }

  private static Piece method(Expr from, Piece a, String name, Piece b) {
    return Piece.of(from, a.text() + "." + name + "(" + b.text() + ")", a.shape(), a, b);
  }

  private static Piece own(Expr from, String name, Piece a, Piece b, Shape shape) {
    return Piece.of(from, name + "(" + a.text() + ", " + b.text() + ")", shape, a, b);
  }
}
