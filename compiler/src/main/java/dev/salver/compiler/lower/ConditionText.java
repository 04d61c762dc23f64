package dev.salver.compiler.lower;

import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import dev.salver.kube.graph.CelText;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A checked condition as the CEL text of a ServingGraph. CEL has no operators over tensors and does
 * not mix whole numbers with others, so both are spelled out where the types ask for it.
 */
final class ConditionText {
  private static final Set<String> REDUCERS = Set.of("max", "min", "mean", "sum", "any", "all-of");
  private static final Set<String> MACROS = Set.of("all", "exists", "exists_one", "filter", "map");
  private static final List<Set<String>> LEVELS =
      List.of(
          Set.of("||"),
          Set.of("&&"),
          Set.of("==", "!=", "<", "<=", ">", ">=", "in"),
          Set.of("+", "-"),
          Set.of("*", "/", "%"));
  private static final int TIGHT = LEVELS.size() + 1;

  private final Map<String, Type> types;
  private final Evaluator literals = new Evaluator(new Scope("", Map.of()), ignored -> {});
  private final Set<String> bound = new HashSet<>();

  /** What its numbers are. */
  private enum Numbers {
    WHOLE,
    LITERAL,
    REAL,
    OTHER
  }

  /**
   * @param type of a value that flows; null for anything else
   * @param many whether it may be more than one value
   * @param level of its loosest operator; higher binds tighter
   */
  private record Piece(String text, @Nullable Type type, Numbers numbers, boolean many, int level) {
    static Piece plain(String text, Numbers numbers) {
      return new Piece(text, null, numbers, false, TIGHT);
    }

    String within(int outer) {
      return level < outer ? "(" + text + ")" : text;
    }
  }

  /**
   * @param types of steps and inputs by name
   */
  private ConditionText(Map<String, Type> types) {
    this.types = types;
  }

  static String of(Expr condition, Map<String, Type> types) {
    return new ConditionText(types).piece(condition, false).text();
  }

  /**
   * @param each whether operators go over all elements, as within {@code any(…)}
   */
  private Piece piece(Expr expr, boolean each) {
    Piece piece = path(expr, each);
    while (piece.type() instanceof Type.Fields(var fields) && fields.size() == 1) {
      var only = fields.firstEntry();
      piece = wire(CelText.field(piece.within(TIGHT), only.getKey()), only.getValue());
    }
    return piece;
  }

  /** The value itself; elsewhere a record of one field stands for its field. */
  private Piece path(Expr expr, boolean each) {
    return switch (expr) {
      case Expr.Word word ->
          bound.contains(word.text())
              ? new Piece(variable(word.text()), null, Numbers.OTHER, true, TIGHT)
              : wire(CelText.variable(word.text()), types.get(word.text()));
      case Expr.Member member -> {
        Piece target = path(member.target(), each);
        Type below =
            target.type() instanceof Type.Fields fields
                ? fields.fields().get(member.name().text())
                : null;
        yield wire(CelText.field(target.within(TIGHT), member.name().text()), below);
      }
      case Expr.Index index ->
          new Piece(
              "list("
                  + piece(index.target(), false).text()
                  + ")["
                  + piece(index.arguments().getFirst().value(), false).text()
                  + "]",
              null,
              Numbers.OTHER,
              true,
              TIGHT);
      case Expr.Call call -> call(call, each);
      case Expr.Unary unary -> {
        Piece operand = piece(unary.operand(), each);
        yield unary.operator().equals("!") && each && operand.many()
            ? new Piece(
                "each(" + operand.text() + ", \"==\", false)", null, Numbers.OTHER, true, TIGHT)
            : new Piece(
                unary.operator() + operand.within(TIGHT),
                null,
                operand.numbers(),
                operand.many(),
                TIGHT - 1);
      }
      case Expr.Binary binary -> binary(binary, each);
      case Expr.Conditional choice ->
          new Piece(
              piece(choice.condition(), false).within(1)
                  + " ? "
                  + piece(choice.then(), each).within(1)
                  + " : "
                  + piece(choice.otherwise(), each).within(1),
              null,
              Numbers.OTHER,
              true,
              0);
      case Expr.ListOf list ->
          new Piece(
              list.items().stream()
                  .map(item -> piece(item, each).text())
                  .collect(Collectors.joining(", ", "[", "]")),
              null,
              Numbers.OTHER,
              true,
              TIGHT);
      default -> literal(expr);
    };
  }

  private static Piece wire(String text, @Nullable Type type) {
    Numbers numbers = Numbers.OTHER;
    boolean many = true;
    if (type instanceof Type.Tensor tensor) {
      many = !tensor.isScalar();
      numbers = numbers(tensor.element());
    }
    return new Piece(text, type, numbers, many, TIGHT);
  }

  private static Numbers numbers(Element element) {
    return switch (element) {
      case F16, BF16, F32, F64 -> Numbers.REAL;
      case BOOL, STRING, BYTES -> Numbers.OTHER;
      default -> Numbers.WHOLE;
    };
  }

  private Piece literal(Expr expr) {
    return switch (literals.value(expr)) {
      case Value.Plain number -> number(number.value());
      case Value.Percent percent -> number(percent.percent().movePointLeft(2));
      case Value.Bool bool -> Piece.plain(Boolean.toString(bool.value()), Numbers.OTHER);
      case Value.Text text -> Piece.plain(CelText.quoted(text.text()), Numbers.OTHER);
      case Value other -> Piece.plain(CelText.quoted(expr.span().text()), Numbers.OTHER);
    };
  }

  private static Piece number(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    boolean whole = plain.scale() <= 0 && plain.precision() < 18;
    return Piece.plain(
        whole ? plain.toBigInteger().toString() : real(plain),
        whole ? Numbers.LITERAL : Numbers.REAL);
  }

  private static String real(BigDecimal number) {
    String text = number.toPlainString();
    return text.contains(".") ? text : text + ".0";
  }

  private Piece binary(Expr.Binary binary, boolean each) {
    String operator = binary.operator();
    Piece left = piece(binary.left(), each);
    Piece right = piece(binary.right(), each);
    if (each && (left.many() || right.many()) && !operator.equals("in")) {
      return new Piece(
          "each(" + left.text() + ", \"" + operator + "\", " + right.text() + ")",
          null,
          Numbers.OTHER,
          true,
          TIGHT);
    }
    int level = level(operator);
    boolean arithmetic = level > 3;
    Numbers numbers = Numbers.OTHER;
    if (arithmetic) {
      boolean texts = left.numbers() == Numbers.OTHER && right.numbers() == Numbers.OTHER;
      boolean whole = isWhole(left) && isWhole(right);
      numbers = texts ? Numbers.OTHER : whole ? Numbers.WHOLE : Numbers.REAL;
      if (numbers == Numbers.REAL) {
        left = asReal(left);
        right = asReal(right);
      }
    }
    return new Piece(
        left.within(level) + " " + operator + " " + right.within(level + 1),
        null,
        numbers,
        false,
        level);
  }

  private static boolean isWhole(Piece piece) {
    return piece.numbers() == Numbers.WHOLE || piece.numbers() == Numbers.LITERAL;
  }

  private static Piece asReal(Piece piece) {
    return switch (piece.numbers()) {
      case REAL -> piece;
      case LITERAL -> Piece.plain(piece.text() + ".0", Numbers.REAL);
      case WHOLE, OTHER -> Piece.plain("double(" + piece.text() + ")", Numbers.REAL);
    };
  }

  private static int level(String operator) {
    for (int i = 0; i < LEVELS.size(); i++) {
      if (LEVELS.get(i).contains(operator)) {
        return i + 1;
      }
    }
    return 0;
  }

  private Piece call(Expr.Call call, boolean each) {
    if (call.target() instanceof Expr.Member member) {
      return method(call, member, each);
    }
    String name = call.target() instanceof Expr.Word word ? word.text() : "";
    if (name.equals("has")) {
      return has(call.arguments().getFirst().value());
    }
    boolean reduces = REDUCERS.contains(name);
    List<Piece> arguments =
        call.arguments().stream().map(arg -> piece(arg.value(), reduces)).toList();
    String list = arguments.stream().map(Piece::text).collect(Collectors.joining(", "));
    if (reduces) {
      String of = arguments.size() == 1 ? list : "[" + list + "]";
      boolean whole = arguments.stream().allMatch(ConditionText::isWhole);
      Numbers numbers =
          name.equals("any") || name.equals("all-of")
              ? Numbers.OTHER
              : name.equals("mean")
                  ? Numbers.REAL
                  : whole
                      ? Numbers.WHOLE
                      : arguments.stream().allMatch(arg -> arg.numbers() == Numbers.REAL)
                          ? Numbers.REAL
                          : Numbers.OTHER;
      return Piece.plain(name.replace('-', '_') + "(" + of + ")", numbers);
    }
    if (name.equals("size") && arguments.getFirst().many()) {
      return Piece.plain("size(list(" + list + "))", Numbers.WHOLE);
    }
    Numbers numbers =
        switch (name) {
          case "size", "int" -> Numbers.WHOLE;
          case "double" -> Numbers.REAL;
          default -> Numbers.OTHER;
        };
    return Piece.plain(name + "(" + list + ")", numbers);
  }

  private Piece has(Expr of) {
    if (of instanceof Expr.Member member) {
      String target = path(member.target(), false).within(TIGHT);
      return Piece.plain(CelText.quoted(member.name().text()) + " in " + target, Numbers.OTHER);
    }
    return Piece.plain("true", Numbers.OTHER);
  }

  private Piece method(Expr.Call call, Expr.Member member, boolean each) {
    String name = member.name().text();
    Piece target = piece(member.target(), each);
    boolean isMacro =
        MACROS.contains(name)
            && call.arguments().size() == 2
            && call.arguments().getFirst().value() instanceof Expr.Word;
    if (isMacro) {
      String word = ((Expr.Word) call.arguments().getFirst().value()).text();
      boolean added = bound.add(word);
      String body = piece(call.arguments().get(1).value(), false).text();
      if (added) {
        bound.remove(word);
      }
      return new Piece(
          "list(" + target.text() + ")." + name + "(" + variable(word) + ", " + body + ")",
          null,
          Numbers.OTHER,
          name.equals("filter") || name.equals("map"),
          TIGHT);
    }
    String arguments =
        call.arguments().stream()
            .map(arg -> piece(arg.value(), false).text())
            .collect(Collectors.joining(", "));
    if (name.equals("size") && target.many()) {
      return Piece.plain("size(list(" + target.text() + "))", Numbers.WHOLE);
    }
    return Piece.plain(
        target.within(TIGHT) + "." + name + "(" + arguments + ")",
        name.equals("size") ? Numbers.WHOLE : Numbers.OTHER);
  }

  private static String variable(String name) {
    return "_" + name.replace('-', '_');
  }
}
