package dev.salver.compiler.typing;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.typing.Shape.Base;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Built-in functions: what they take and what they give. */
public final class Calls {
  private static final Set<String> REDUCERS = Set.of("max", "min", "mean", "sum");
  private static final Set<String> TRUTHS = Set.of("any", "all-of");
  private static final Set<String> CONVERSIONS = Set.of("int", "double", "string", "bool");
  private static final Set<String> TESTS = Set.of("contains", "startsWith", "endsWith", "matches");
  private static final Set<String> MACROS = Set.of("all", "exists", "exists_one", "filter", "map");
  private static final Set<String> TEXTS = Set.of("lowerAscii", "upperAscii", "trim");

  /** Names that no step may have. */
  public static final Set<String> FUNCTIONS =
      Set.of(
          "max", "min", "mean", "sum", "any", "all-of", "size", "int", "double", "string", "bool",
          "has", "cast", "fail");

  private final Typing typing;

  Calls(Typing typing) {
    this.typing = typing;
  }

  Shape call(Expr.Call call) {
    return switch (call.target()) {
      case Expr.Word word -> function(call, new Name(word.text(), word.span()));
      case Expr.Member member -> method(call, member.target(), member.name());
      default -> {
        typing.shape(call.target());
        yield typing.report(Code.SV2115, call.span(), "only functions are called");
      }
    };
  }

  private Shape function(Expr.Call call, Name name) {
    String text = name.text();
    if (text.equals("has")) {
      call.arguments().forEach(each -> typing.shape(each.value()));
      return Shapes.BOOL;
    }
    boolean known =
        REDUCERS.contains(text)
            || TRUTHS.contains(text)
            || CONVERSIONS.contains(text)
            || text.equals("size");
    if (!known) {
      return unknown(call, name, FUNCTIONS, "function");
    }
    if (call.arguments().isEmpty() || (!REDUCERS.contains(text) && call.arguments().size() > 1)) {
      return count(call, name, "one argument");
    }
    if (REDUCERS.contains(text)) {
      return reducer(call, text);
    }
    Expr operand = call.arguments().getFirst().value();
    Shape shape = typing.shape(operand).operand();
    if (shape instanceof Shape.Unknown) {
      return result(text);
    }
    if (TRUTHS.contains(text) && Typing.base(shape) != Base.BOOL) {
      return typing.report(
          Code.SV2115,
          operand.span(),
          "`" + text + "` reduces truth values to one, and this is " + shape.told());
    }
    boolean sized =
        shape.equals(Shapes.TEXT)
            || shape instanceof Shape.Items
            || (shape instanceof Shape.Wire(Type type) && !(type instanceof Type.Fields));
    if (text.equals("size") && !sized) {
      return typing.report(Code.SV2115, operand.span(), shape.told() + " has no size");
    }
    if (CONVERSIONS.contains(text) && !(shape instanceof Shape.One)) {
      return typing.report(
          Code.SV2115, operand.span(), "`" + text + "` takes one value, not " + shape.told());
    }
    return result(text);
  }

  private static Shape result(String function) {
    return switch (function) {
      case "any", "all-of", "bool" -> Shapes.BOOL;
      case "string" -> Shapes.TEXT;
      default -> Shapes.NUMBER;
    };
  }

  private Shape reducer(Expr.Call call, String name) {
    for (Expr.Argument argument : call.arguments()) {
      Shape shape = typing.shape(argument.value()).operand();
      Shape item = shape instanceof Shape.Items items ? items.item().operand() : shape;
      if (!(item instanceof Shape.Unknown) && Typing.base(item) != Base.NUMBER) {
        return typing.report(
            Code.SV2115,
            argument.value().span(),
            "`" + name + "` takes numbers, and this is " + shape.told());
      }
    }
    return Shapes.NUMBER;
  }

  private Shape method(Expr.Call call, Expr on, Name name) {
    String text = name.text();
    Shape target = typing.shape(on).operand();
    if (MACROS.contains(text)) {
      return macro(call, target, name);
    }
    boolean known = TESTS.contains(text) || TEXTS.contains(text) || text.equals("size");
    if (!known) {
      var all = new TreeSet<>(TESTS);
      all.addAll(TEXTS);
      all.addAll(MACROS);
      all.add("size");
      return unknown(call, name, all, "method");
    }
    int wanted = TESTS.contains(text) ? 1 : 0;
    if (call.arguments().size() != wanted) {
      return count(call, name, wanted == 1 ? "one argument" : "no argument");
    }
    if (text.equals("size")) {
      return Shapes.NUMBER;
    }
    if (wanted == 1) {
      Expr argument = call.arguments().getFirst().value();
      Shape given = typing.shape(argument).operand();
      if (!(given instanceof Shape.Unknown) && !given.equals(Shapes.TEXT)) {
        return typing.report(
            Code.SV2115,
            argument.span(),
            "`" + text + "` takes a text, and this is " + given.told());
      }
    }
    if (!(target instanceof Shape.Unknown) && Typing.base(target) != Base.TEXT) {
      return typing.report(
          Code.SV2115, on.span(), "`" + text + "` belongs to texts, and this is " + target.told());
    }
    List<Dim> dims = Shape.dims(target);
    Shape one = wanted == 1 ? Shapes.BOOL : Shapes.TEXT;
    return dims.isEmpty()
        ? one
        : new Shape.Wire(new Type.Tensor(wanted == 1 ? Element.BOOL : Element.STRING, dims));
  }

  private Shape macro(Expr.Call call, Shape target, Name name) {
    if (call.arguments().size() != 2
        || !(call.arguments().getFirst().value() instanceof Expr.Word variable)) {
      return count(call, name, "a name and an expression over it");
    }
    Shape item =
        switch (target) {
          case Shape.Items items -> items.item();
          case Shape.Wire(Type.Tensor tensor) -> new Shape.One(Base.of(tensor.element()));
          default -> Shapes.UNKNOWN;
        };
    Typing inner = typing.with(variable.text(), item);
    Expr body = call.arguments().get(1).value();
    if (name.text().equals("map")) {
      return new Shape.Items(inner.shape(body));
    }
    inner.condition(body);
    return name.text().equals("filter") ? new Shape.Items(item) : Shapes.BOOL;
  }

  private Shape count(Expr.Call call, Name name, String wanted) {
    return typing.report(Code.SV2115, call.span(), "`" + name + "` takes " + wanted);
  }

  private Shape unknown(Expr.Call call, Name name, Set<String> known, String what) {
    call.arguments().forEach(each -> typing.shape(each.value()));
    var diagnostic =
        Diagnostic.of(Code.SV2100, name.span(), "there is no " + what + " `" + name + "`");
    typing.report(
        Spelling.nearest(name.text(), known)
            .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
            .orElse(diagnostic));
    return Shapes.UNKNOWN;
  }
}
