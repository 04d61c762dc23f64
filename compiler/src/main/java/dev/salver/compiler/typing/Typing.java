package dev.salver.compiler.typing;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.typing.Shape.Base;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Types of expressions. Operators on tensors of many values work value by value; a condition needs
 * one value, so such a comparison is reduced with {@code any} or {@code all-of}, such a number with
 * {@code max}, {@code min} or {@code mean}. Each mistake is reported once and gives {@link
 * Shape.Unknown}.
 */
public final class Typing {
  /** What the words of an expression stand for. */
  @FunctionalInterface
  public interface Words {
    /** Empty, and reported, if there is nothing of this name. */
    Optional<Shape> find(Expr.Word word);
  }

  private final Words words;
  private final Consumer<Diagnostic> diagnostics;

  public Typing(Words words, Consumer<Diagnostic> diagnostics) {
    this.words = words;
    this.diagnostics = diagnostics;
  }

  /** Checks an expression and says what it gives. */
  public Shape shape(Expr expr) {
    return switch (expr) {
      case Expr.Quantity quantity -> literal(quantity);
      case Expr.Text text -> text(text);
      case Expr.Bool bool -> Shapes.BOOL;
      case Expr.Word word -> words.find(word).orElse(Shapes.UNKNOWN);
      case Expr.Missing missing -> Shapes.UNKNOWN;
      case Expr.Open open -> report(Code.SV2115, open.span(), "`?` is no value to compute with");
      case Expr.Unset unset ->
          report(Code.SV2115, unset.span(), "`unset` is no value to compute with");
      case Expr.ListOf list -> list(list);
      case Expr.MapOf map -> Shapes.UNKNOWN;
      case Expr.Member member -> member(shape(member.target()), member.name());
      case Expr.Call call -> new Calls(this).call(call);
      case Expr.Index index -> index(index);
      case Expr.Unary unary -> unary(unary);
      case Expr.Binary binary -> binary(binary);
      case Expr.Conditional conditional -> conditional(conditional);
    };
  }

  /** Checks that an expression is one truth value. */
  public boolean condition(Expr expr) {
    Shape shape = shape(expr).operand();
    if (shape instanceof Shape.Unknown || shape.equals(Shapes.BOOL)) {
      return true;
    }
    Span span = expr.span();
    if (shape instanceof Shape.Wire(Type.Tensor tensor) && tensor.element() == Element.BOOL) {
      String text = span.text().strip();
      diagnostics.accept(
          Diagnostic.of(
                  Code.SV2114,
                  span,
                  "a condition needs one truth value, and this is one for each of `"
                      + tensor
                      + "`: reduce it with `any` or `all-of`, or its numbers with `max` or `mean`")
              .labelled("`" + tensor + "`")
              .fixedBy(Fix.replace(span, "any(" + text + ")"))
              .fixedBy(Fix.replace(span, "all-of(" + text + ")")));
      return false;
    }
    report(Code.SV2114, span, "a condition is `true` or `false`, and this is " + shape.told());
    return false;
  }

  Shape report(Code code, Span span, String message) {
    diagnostics.accept(Diagnostic.of(code, span, message));
    return Shapes.UNKNOWN;
  }

  void report(Diagnostic diagnostic) {
    diagnostics.accept(diagnostic);
  }

  /** The same expressions with one more name, as in {@code list.exists(x, x > 1)}. */
  Typing with(String name, Shape shape) {
    return new Typing(
        word -> word.text().equals(name) ? Optional.of(shape) : words.find(word), diagnostics);
  }

  private Shape literal(Expr.Quantity quantity) {
    Value value = new Evaluator(new Scope("", Map.of()), diagnostics).value(quantity);
    return switch (value) {
      case Value.Plain plain -> Shapes.NUMBER;
      case Value.Broken broken -> Shapes.UNKNOWN;
      default -> new Shape.Amount(value.kind());
    };
  }

  private Shape text(Expr.Text text) {
    for (Expr.Part part : text.parts()) {
      if (part instanceof Expr.Part.Hole(Expr inner)) {
        shape(inner);
      }
    }
    return Shapes.TEXT;
  }

  private Shape list(Expr.ListOf list) {
    Shape item = Shapes.UNKNOWN;
    for (Expr each : list.items()) {
      Shape next = shape(each);
      if (item instanceof Shape.Unknown) {
        item = next;
      } else if (!(next instanceof Shape.Unknown) && !next.equals(item)) {
        report(
            Code.SV2115,
            each.span(),
            "this list holds " + item.told() + ", so " + next.told() + " does not belong in it");
        return new Shape.Items(Shapes.UNKNOWN);
      }
    }
    return new Shape.Items(item);
  }

  Shape member(Shape target, Name name) {
    return switch (target) {
      case Shape.Unknown unknown -> Shapes.UNKNOWN;
      case Shape.Wire(Type.Json json) -> Shapes.UNKNOWN;
      case Shape.Wire(Type.Fields fields) -> {
        Type type = fields.fields().get(name.text());
        if (type != null) {
          yield Shape.of(type);
        }
        report(noField(fields, name));
        yield Shapes.UNKNOWN;
      }
      default ->
          report(Code.SV2108, name.span(), target.told() + " has no fields, so no `" + name + "`");
    };
  }

  /** There is no such field, but maybe one of nearly that name. */
  public static Diagnostic noField(Type.Fields fields, Name name) {
    List<String> known = List.copyOf(fields.fields().keySet());
    String shown = "`" + String.join("`, `", known.subList(0, Math.min(6, known.size()))) + "`";
    var diagnostic =
        Diagnostic.of(
            Code.SV2108,
            name.span(),
            "there is no field `"
                + name
                + "`"
                + (known.isEmpty() ? "" : ", only " + shown + (known.size() > 6 ? " …" : "")));
    return Spelling.nearest(name.text(), known)
        .filter(near -> near.matches("[A-Za-z_][A-Za-z0-9_-]*"))
        .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
        .orElse(diagnostic);
  }

  private Shape index(Expr.Index index) {
    Shape target = shape(index.target());
    var shapes = new ArrayList<Shape>();
    index.arguments().forEach(each -> shapes.add(shape(each.value())));
    return switch (target) {
      case Shape.Items items -> items.item();
      case Shape.Wire(Type.Tensor tensor) when !tensor.dims().isEmpty() ->
          Shape.of(
              new Type.Tensor(
                  tensor.element(),
                  tensor
                      .dims()
                      .subList(
                          Math.min(shapes.size(), tensor.dims().size()), tensor.dims().size())));
      case Shape.Wire(Type.Fields fields) -> Shapes.UNKNOWN;
      case Shape.Wire(Type.Json json) -> Shapes.UNKNOWN;
      case Shape.Unknown unknown -> Shapes.UNKNOWN;
      default -> report(Code.SV2115, index.span(), target.told() + " has no parts to pick from");
    };
  }

  private Shape unary(Expr.Unary unary) {
    if (unary.operator().equals("!")) {
      condition(unary.operand());
      return Shapes.BOOL;
    }
    Shape operand = shape(unary.operand()).operand();
    Base base = base(operand);
    return base == Base.NUMBER || operand instanceof Shape.Unknown
        ? operand
        : report(Code.SV2115, unary.span(), "`-` takes a number, and this is " + operand.told());
  }

  private Shape conditional(Expr.Conditional conditional) {
    condition(conditional.condition());
    Shape then = shape(conditional.then());
    Shape otherwise = shape(conditional.otherwise());
    if (then.equals(otherwise) || otherwise instanceof Shape.Unknown) {
      return then;
    }
    return then instanceof Shape.Unknown
        ? otherwise
        : report(
            Code.SV2115,
            conditional.span(),
            "one side is " + then.told() + ", the other " + otherwise.told());
  }

  private Shape binary(Expr.Binary binary) {
    return switch (binary.operator()) {
      case "&&", "||" -> {
        condition(binary.left());
        condition(binary.right());
        yield Shapes.BOOL;
      }
      case "==", "!=", "<", "<=", ">", ">=" -> compares(binary);
      case "in" -> in(binary);
      case "+", "-", "*", "/", "%" -> arithmetic(binary);
      default ->
          report(
              Code.SV2115,
              binary.span(),
              "`" + binary.operator() + "` does not belong into an expression");
    };
  }

  private Shape compares(Expr.Binary binary) {
    Shape left = shape(binary.left()).operand();
    Shape right = shape(binary.right()).operand();
    if (left instanceof Shape.Unknown || right instanceof Shape.Unknown) {
      return Shapes.UNKNOWN;
    }
    boolean ordered = !binary.operator().equals("==") && !binary.operator().equals("!=");
    if (!comparable(left, right)) {
      return mixed(binary, left, right);
    }
    if (ordered && (base(left) == Base.BOOL || base(left) == Base.BYTES)) {
      return report(
          Code.SV2115,
          binary.span(),
          left.told() + " has no order, so `" + binary.operator() + "` means nothing here");
    }
    return of(Element.BOOL, Shapes.BOOL, binary, left, right);
  }

  private Shape mixed(Expr.Binary binary, Shape left, Shape right) {
    var diagnostic =
        Diagnostic.of(
                Code.SV2115,
                binary.span(),
                "`"
                    + binary.operator()
                    + "` takes two of a kind, but here stand "
                    + left.told()
                    + " and "
                    + right.told())
            .labelled(kind(left) + " and " + kind(right));
    diagnostics.accept(
        Operands.alike(binary, base(left), base(right))
            .map(diagnostic::fixedBy)
            .orElse(diagnostic));
    return Shapes.UNKNOWN;
  }

  private static String kind(Shape shape) {
    Base base = base(shape);
    return base == null ? shape.told() : base.told();
  }

  private Shape in(Expr.Binary binary) {
    Shape left = shape(binary.left()).operand();
    Shape right = shape(binary.right());
    if (left instanceof Shape.Unknown || right instanceof Shape.Unknown) {
      return Shapes.UNKNOWN;
    }
    Shape item =
        switch (right) {
          case Shape.Items items -> items.item().operand();
          case Shape.Wire(Type.Tensor tensor) -> new Shape.One(Base.of(tensor.element()));
          default -> null;
        };
    if (item == null) {
      return report(
          Code.SV2115, binary.right().span(), "`in` looks into a list, not into " + right.told());
    }
    if (item instanceof Shape.Unknown) {
      return Shapes.UNKNOWN;
    }
    return comparable(left, item)
        ? of(Element.BOOL, Shapes.BOOL, binary, left, item)
        : mixed(binary, left, item);
  }

  private Shape arithmetic(Expr.Binary binary) {
    Shape left = shape(binary.left()).operand();
    Shape right = shape(binary.right()).operand();
    if (left instanceof Shape.Unknown || right instanceof Shape.Unknown) {
      return Shapes.UNKNOWN;
    }
    boolean numbers = base(left) == Base.NUMBER && base(right) == Base.NUMBER;
    boolean texts = left.equals(Shapes.TEXT) && right.equals(Shapes.TEXT);
    if (!numbers && !(texts && binary.operator().equals("+"))) {
      return comparable(left, right) && !texts
          ? report(
              Code.SV2115,
              binary.span(),
              "`" + binary.operator() + "` computes with numbers, not with " + left.told())
          : mixed(binary, left, right);
    }
    Element element =
        left instanceof Shape.Wire(Type.Tensor tensor)
            ? tensor.element()
            : right instanceof Shape.Wire(Type.Tensor other) ? other.element() : Element.F64;
    return of(element, left, binary, left, right);
  }

  /** One value if both are, else one for each of the many. */
  private Shape of(Element element, Shape one, Expr.Binary binary, Shape left, Shape right) {
    List<Dim> dims = Shape.dims(left);
    List<Dim> others = Shape.dims(right);
    if (dims.isEmpty() || others.isEmpty()) {
      List<Dim> many = dims.isEmpty() ? others : dims;
      return many.isEmpty() ? one : new Shape.Wire(new Type.Tensor(element, many));
    }
    return dims.equals(others)
            || dims.contains(new Dim.Unknown())
            || others.contains(new Dim.Unknown())
        ? new Shape.Wire(new Type.Tensor(element, dims))
        : mixed(binary, left, right);
  }

  private static boolean comparable(Shape left, Shape right) {
    Base one = base(left);
    return one == null ? left instanceof Shape.Amount && left.equals(right) : one == base(right);
  }

  static @Nullable Base base(Shape shape) {
    return switch (shape) {
      case Shape.One one -> one.base();
      case Shape.Wire(Type.Tensor tensor) -> Base.of(tensor.element());
      default -> null;
    };
  }
}
