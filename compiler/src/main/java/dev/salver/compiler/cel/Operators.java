package dev.salver.compiler.cel;

import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Expr;
import java.util.Set;

/**
 * Operators by the shapes of their operands. A comparison with a range holds for all of it, or for
 * any of it where that is what is asked; one with a rate asks for the setting of that unit.
 */
final class Operators {
  private static final Set<String> ORDERS = Set.of("<", "<=", ">", ">=");
  private static final Set<String> COMPARISONS = Set.of("<", "<=", ">", ">=", "==", "!=");

  private final Translator translator;
  private Extent extent;

  Operators(Translator translator, Extent extent) {
    this.translator = translator;
    this.extent = extent;
  }

  Piece unary(Expr.Unary unary) {
    if (unary.operator().equals("!")) {
      extent = extent.negated();
      Piece operand = translator.condition(unary.operand());
      extent = extent.negated();
      return Piece.of(unary, "!" + operand.text(), Scalar.BOOL, operand);
    }
    Piece operand = translator.value(unary.operand());
    boolean fits = operand.shape() instanceof Shape.Any || isNumber(operand.shape());
    return operand.isBroken() || fits
        ? Piece.of(unary, "(-" + operand.text() + ")", operand.shape(), operand)
        : translator.problem(unary, "`-` takes a number, not " + operand.shape().kind());
  }

  Piece conditional(Expr.Conditional conditional) {
    Piece condition = translator.condition(conditional.condition());
    Piece then = translator.value(conditional.then());
    Piece otherwise = translator.value(conditional.otherwise());
    if (condition.isBroken() || then.isBroken() || otherwise.isBroken()) {
      return Piece.broken(conditional);
    }
    boolean mixed = isNumber(then.shape()) && isNumber(otherwise.shape());
    Piece left = mixed && !same(then, otherwise) ? number(then) : then;
    Piece right = mixed && !same(then, otherwise) ? number(otherwise) : otherwise;
    if (!left.shape().equals(right.shape())
        && !(left.shape() instanceof Shape.Any)
        && !(right.shape() instanceof Shape.Any)) {
      return translator.problem(
          conditional,
          "one side of `?:` is " + left.shape().kind() + ", the other " + right.shape().kind());
    }
    Shape shape = left.shape().equals(right.shape()) ? left.shape() : Shape.ANY;
    String text = "(" + condition.text() + " ? " + left.text() + " : " + right.text() + ")";
    Piece piece = Piece.of(conditional, text, shape, condition);
    if (left.guards().isEmpty() && right.guards().isEmpty()) {
      return piece;
    }
    String guard =
        "("
            + condition.text()
            + " ? "
            + (left.guards().isEmpty() ? "true" : left.guard())
            + " : "
            + (right.guards().isEmpty() ? "true" : right.guard())
            + ")";
    return piece.guardedBy(guard);
  }

  Piece binary(Expr.Binary binary) {
    String operator = binary.operator();
    if (operator.equals("&&") || operator.equals("||")) {
      Piece left = translator.condition(binary.left());
      Piece right = translator.condition(binary.right());
      String text = "(" + left.text() + " " + operator + " " + right.text() + ")";
      return Piece.of(binary, text, Scalar.BOOL, left, right);
    }
    if (COMPARISONS.contains(operator)) {
      return compare(binary);
    }
    return switch (operator) {
      case "in" -> in(binary);
      case "+", "-", "*", "/", "%" -> arithmetic(binary);
      default ->
          translator.problem(binary, "`" + operator + "` makes no value that could be compared");
    };
  }

  private Piece compare(Expr.Binary binary) {
    Piece left;
    Piece right;
    if (translator.isName(binary.left())) {
      right = translator.piece(binary.right(), null);
      left = translator.piece(binary.left(), right.shape());
    } else {
      left = translator.piece(binary.left(), null);
      right = translator.piece(binary.right(), left.shape());
    }
    return translator.trace(compare(binary, binary.operator(), left, right));
  }

  private Piece compare(Expr.Binary from, String operator, Piece left, Piece right) {
    if (left.isBroken() || right.isBroken()) {
      return Piece.broken(from);
    }
    if (left.shape() instanceof Shape.RangeOf || right.shape() instanceof Shape.RangeOf) {
      return ranges(from, operator, left, right);
    }
    if (left.shape() instanceof Shape.Fields && right.shape() instanceof Shape.Rate rate) {
      return compare(from, operator, unit(left, rate), right);
    }
    if (right.shape() instanceof Shape.Fields && left.shape() instanceof Shape.Rate rate) {
      return compare(from, operator, left, unit(right, rate));
    }
    Piece a = translator.use(left);
    Piece b = translator.use(right);
    if (a.isBroken() || b.isBroken()) {
      return Piece.broken(from);
    }
    if (isQuantity(a.shape()) || isQuantity(b.shape())) {
      Piece x = quantity(a, b.shape());
      Piece y = quantity(b, a.shape());
      return x.isBroken() || y.isBroken()
          ? mixed(from, a, b)
          : Piece.of(
              from,
              "(" + x.text() + ".compareTo(" + y.text() + ") " + operator + " 0)",
              Scalar.BOOL,
              a,
              b);
    }
    if (isNumber(a.shape()) && isNumber(b.shape())) {
      if (!sameDimension(a, b)) {
        return mixed(from, a, b);
      }
      Piece x = same(a, b) ? a : number(a);
      Piece y = same(a, b) ? b : number(b);
      return plain(from, operator, x, y);
    }
    return others(from, operator, a, b);
  }

  private Piece others(Expr.Binary from, String operator, Piece a, Piece b) {
    boolean any = a.shape() instanceof Shape.Any || b.shape() instanceof Shape.Any;
    if (a.shape() == Scalar.DURATION && b.shape() instanceof Shape.Any) {
      return plain(from, operator, a, b.as("duration(string(" + b.text() + "))", a.shape()));
    }
    if (b.shape() == Scalar.DURATION && a.shape() instanceof Shape.Any) {
      return plain(from, operator, a.as("duration(string(" + a.text() + "))", b.shape()), b);
    }
    boolean texts = isText(a.shape()) && isText(b.shape());
    boolean lists = a.shape() instanceof Shape.ListOf && b.shape() instanceof Shape.ListOf;
    boolean maps = a.shape() instanceof Shape.MapOf && b.shape() instanceof Shape.MapOf;
    if (!any && !texts && !lists && !maps && !a.shape().equals(b.shape())) {
      return mixed(from, a, b);
    }
    if (ORDERS.contains(operator) && (lists || maps || a.shape() == Scalar.BOOL)) {
      return translator.problem(
          from, "`" + operator + "` does not order " + a.shape().kind() + " values");
    }
    boolean deep = any || lists || maps;
    if (deep && !ORDERS.contains(operator) && translator.dialect().hasOwnFunctions()) {
      String same = "_same(" + a.text() + ", " + b.text() + ")";
      return Piece.of(from, operator.equals("==") ? same : "!" + same, Scalar.BOOL, a, b);
    }
    return plain(from, operator, a, b);
  }

  private Piece plain(Expr.Binary from, String operator, Piece a, Piece b) {
    return Piece.of(
        from, "(" + a.text() + " " + operator + " " + b.text() + ")", Scalar.BOOL, a, b);
  }

  /** All of a range is below where its upper end is, and any of it where its lower end is. */
  private Piece ranges(Expr.Binary from, String operator, Piece left, Piece right) {
    if (ORDERS.contains(operator)) {
      boolean upper = operator.startsWith("<") == (extent == Extent.ALL);
      return compare(
          from, operator, end(left, upper ? "max" : "min"), end(right, upper ? "min" : "max"));
    }
    Piece low = compare(from, "==", end(left, "min"), end(right, "min"));
    Piece high = compare(from, "==", end(left, "max"), end(right, "max"));
    String text = "(" + low.text() + " && " + high.text() + ")";
    return Piece.of(from, operator.equals("==") ? text : "!" + text, Scalar.BOOL, low, high);
  }

  private static Piece end(Piece piece, String end) {
    return piece.shape() instanceof Shape.RangeOf(Shape shape)
        ? Piece.path(piece.from(), Calls.then(piece.path(), end), shape)
        : piece;
  }

  private Piece unit(Piece fields, Shape.Rate rate) {
    Shape shape = ((Shape.Fields) fields.shape()).fields().getOrDefault(rate.unit(), Scalar.BOOL);
    return shape instanceof Shape.Rate
        ? Piece.path(fields.from(), Calls.then(fields.path(), rate.unit()), shape)
        : translator.use(fields);
  }

  private Piece in(Expr.Binary binary) {
    Piece left;
    Piece right;
    if (translator.isName(binary.left())) {
      right = translator.use(translator.piece(binary.right(), null));
      left =
          translator.use(
              translator.piece(
                  binary.left(), right.shape() instanceof Shape.ListOf(Shape item) ? item : null));
    } else {
      left = translator.use(translator.piece(binary.left(), null));
      right = translator.use(translator.piece(binary.right(), left.shape()));
    }
    if (left.isBroken() || right.isBroken()) {
      return Piece.broken(binary);
    }
    Shape item =
        switch (right.shape()) {
          case Shape.ListOf list -> list.item();
          case Shape.MapOf map -> Scalar.TEXT;
          case Shape.Any any -> any;
          default -> null;
        };
    if (item == null) {
      return translator.problem(
          binary, "`in` looks into a list or a map, not " + right.shape().kind());
    }
    String text =
        isQuantity(item) && isQuantity(left.shape())
            ? right.text() + ".exists(e_, e_.compareTo(" + left.text() + ") == 0)"
            : translator.dialect().hasOwnFunctions()
                ? "_in(" + left.text() + ", " + right.text() + ")"
                : "(" + left.text() + " in " + right.text() + ")";
    return translator.trace(Piece.of(binary, text, Scalar.BOOL, left, right));
  }

  private Piece arithmetic(Expr.Binary binary) {
    Piece a = translator.value(binary.left());
    Piece b = translator.value(binary.right());
    String operator = binary.operator();
    if (a.isBroken() || b.isBroken()) {
      return Piece.broken(binary);
    }
    Piece made = Arithmetic.of(binary, operator, a, b, translator.dialect().hasOwnFunctions());
    return made.isBroken()
        ? translator.problem(
            binary,
            "`" + operator + "` does not work on " + a.shape().kind() + " and " + b.shape().kind())
        : translator.trace(made);
  }

  private Piece mixed(Expr from, Piece a, Piece b) {
    var diagnostic =
        Diagnostic.of(
            Code.SV6007,
            from.span(),
            a.shape().kind() + " is never compared with " + b.shape().kind());
    return translator.problem(
        from, Meant.compared(a, b).map(diagnostic::fixedBy).orElse(diagnostic));
  }

  /** A quantity as it is; a number where cpus are meant; broken where it is neither. */
  private static Piece quantity(Piece piece, Shape other) {
    if (isQuantity(piece.shape())) {
      boolean fits =
          piece.shape().equals(other)
              || piece.shape() == Scalar.QUANTITY
              || other == Scalar.QUANTITY
              || !isQuantity(other);
      return fits ? piece : Piece.broken(piece.from());
    }
    if (piece.shape() instanceof Shape.Any) {
      return piece.as("quantity(string(" + piece.text() + "))", Scalar.QUANTITY);
    }
    boolean plain = piece.shape() == Scalar.WHOLE || piece.shape() == Scalar.NUMBER;
    if (!plain || other == Scalar.SIZE) {
      return Piece.broken(piece.from());
    }
    return piece.isLiteral()
        ? piece.as(Literals.quantity(piece.text()), Scalar.CPU)
        : piece.as("quantity(string(" + piece.text() + "))", Scalar.CPU);
  }

  static boolean isQuantity(Shape shape) {
    return shape instanceof Scalar scalar && scalar.isQuantity();
  }

  static boolean isNumber(Shape shape) {
    return shape instanceof Shape.Rate || (shape instanceof Scalar scalar && scalar.isNumber());
  }

  static boolean isText(Shape shape) {
    return shape == Scalar.TEXT || shape instanceof Shape.Words;
  }

  private static boolean same(Piece a, Piece b) {
    return (a.shape() == Scalar.WHOLE) == (b.shape() == Scalar.WHOLE);
  }

  private static boolean sameDimension(Piece a, Piece b) {
    boolean plain =
        (a.shape() == Scalar.WHOLE || a.shape() == Scalar.NUMBER)
            && (b.shape() == Scalar.WHOLE || b.shape() == Scalar.NUMBER);
    return plain || a.shape().equals(b.shape());
  }

  /** As CEL's double. */
  static Piece number(Piece piece) {
    if (piece.shape() != Scalar.WHOLE) {
      return piece;
    }
    String text = piece.isLiteral() ? piece.text() + ".0" : "double(" + piece.text() + ")";
    return piece.as(text, Scalar.NUMBER);
  }
}
