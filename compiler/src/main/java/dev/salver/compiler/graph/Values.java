package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.graph.Step.Work;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Nodes that call nothing: constants, {@code cast[u8]}, {@code fail(404, "why")}. */
final class Values {
  private static final String CAST = "cast";
  private static final String FAIL = "fail";

  /** What looks like a step or a field of one. */
  private static final Pattern STEP = Pattern.compile("[a-z][\\w-]*(?:\\.[\\w-]+)*");

  /** What other languages call the element types. */
  private static final Map<String, Element> OTHER_NAMES =
      Map.ofEntries(
          Map.entry("boolean", Element.BOOL),
          Map.entry("uint8", Element.U8),
          Map.entry("uint16", Element.U16),
          Map.entry("uint32", Element.U32),
          Map.entry("uint64", Element.U64),
          Map.entry("int8", Element.I8),
          Map.entry("int16", Element.I16),
          Map.entry("int32", Element.I32),
          Map.entry("int64", Element.I64),
          Map.entry("int", Element.I64),
          Map.entry("long", Element.I64),
          Map.entry("float16", Element.F16),
          Map.entry("half", Element.F16),
          Map.entry("fp16", Element.F16),
          Map.entry("bfloat16", Element.BF16),
          Map.entry("float32", Element.F32),
          Map.entry("fp32", Element.F32),
          Map.entry("float", Element.F32),
          Map.entry("float64", Element.F64),
          Map.entry("fp64", Element.F64),
          Map.entry("double", Element.F64));

  private final Draft draft;

  Values(Draft draft) {
    this.draft = draft;
  }

  boolean isCast(Expr expr) {
    return switch (expr) {
      case Expr.Index index -> isWord(index.target(), CAST);
      case Expr.Call call -> isCast(call.target());
      case Expr.Word word -> word.text().equals(CAST);
      default -> false;
    };
  }

  boolean isFail(Expr expr) {
    return isWord(expr, FAIL) || (expr instanceof Expr.Call call && isWord(call.target(), FAIL));
  }

  private static boolean isWord(Expr expr, String text) {
    return expr instanceof Expr.Word word && word.text().equals(text);
  }

  Made cast(Expr expr, Flowing given, Flowing incoming) {
    Expr target = expr instanceof Expr.Call call ? call.target() : expr;
    Optional<Element> to = element(target);
    Flowing value = given.inner();
    if (to.isEmpty()) {
      draft.use(incoming);
      return Made.unknown(incoming, expr.span());
    }
    String plain = CAST + "-" + to.get().word();
    var work = new Work.Cast(to.get(), value.ref());
    if (value.type() instanceof Type.Tensor(Element from, List<Dim> dims)) {
      if (Casts.canCast(from, to.get())) {
        return Made.still(work, Casts.retyped(given.type(), to.get()), plain, expr.span());
      }
      draft.report(
          Code.SV2125,
          expr.span(),
          "`"
              + from.word()
              + "` is not cast to `"
              + to.get().word()
              + "`: only numbers and `bool`"
              + " are cast");
    } else if (!(value.type() instanceof Type.Unknown)) {
      draft.report(Code.SV2125, expr.span(), "`cast` takes one tensor, but " + value.sentence());
    }
    return Made.still(work, new Type.Unknown(), plain, expr.span());
  }

  private Optional<Element> element(Expr expr) {
    if (expr instanceof Expr.Index index
        && index.arguments().size() == 1
        && index.arguments().getFirst().value() instanceof Expr.Word word) {
      Optional<Element> element = Element.of(word.text());
      if (element.isPresent()) {
        return element;
      }
      var diagnostic =
          Diagnostic.of(Code.SV2125, word.span(), "there is no element type `" + word.text() + "`");
      var known = Arrays.stream(Element.values()).map(Element::word).toList();
      draft.report(
          Optional.ofNullable(OTHER_NAMES.get(word.text().toLowerCase(Locale.ROOT)))
              .map(Element::word)
              .or(() -> Spelling.nearest(word.text(), known))
              .map(near -> diagnostic.fixedBy(Fix.replace(word.span(), near)))
              .orElse(diagnostic));
      return Optional.empty();
    }
    draft.report(
        Code.SV2125, expr.span(), "`cast` names the element type it makes, such as `cast[f32]`");
    return Optional.empty();
  }

  Made fail(Expr expr) {
    Span span = expr.span();
    List<Expr.Argument> arguments = expr instanceof Expr.Call call ? call.arguments() : List.of();
    List<Value> values =
        arguments.stream().map(each -> draft.evaluator.value(each.value())).toList();
    if (values.size() == 2
        && values.get(0) instanceof Value.Plain status
        && values.get(1) instanceof Value.Text message
        && Amended.isStatus(status)) {
      return Made.fail(new Work.Fail(status.value().intValueExact(), message.text()), span);
    }
    var diagnostic =
        Diagnostic.of(
            Code.SV2126,
            span,
            "`fail` takes a status from 400 to 599 and a message: `fail(404, \"why\")`");
    draft.report(Amended.fail(arguments, values).map(diagnostic::fixedBy).orElse(diagnostic));
    return Made.fail(new Work.Fail(500, ""), span);
  }

  /** A record of literals; numbers are of the type that is wanted. */
  Made constant(Expr.MapOf map, Type hint) {
    var fields = new ArrayList<Step.Field>();
    var types = new LinkedHashMap<String, Type>();
    for (Entry entry : map.block().entries()) {
      if (!(entry instanceof Entry.Setting setting) || setting.path().size() != 1) {
        draft.report(
            Code.SV2126, entry.span(), "a value holds fields `name = value` of literals only");
        return Made.still(new Work.Constant(fields), new Type.Unknown(), "value", map.span());
      }
      Name name = setting.path().getFirst();
      if (types.containsKey(name.text())) {
        draft.report(
            Diagnostic.of(Code.SV2126, name.span(), "the field `" + name + "` is written twice")
                .fixedBy(Fix.remove("remove the second", setting.span()).suggested()));
        continue;
      }
      Type wanted =
          hint instanceof Type.Fields known
              ? known.fields().getOrDefault(name.text(), new Type.Unknown())
              : new Type.Unknown();
      Value value = draft.evaluator.value(setting.value());
      types.put(name.text(), type(value, wanted, setting.value().span()));
      fields.add(new Step.Field(name.text(), Literals.of(value, setting.value())));
    }
    if (hint instanceof Type.Json) {
      return Made.still(new Work.Constant(fields), hint, "value", map.span());
    }
    return Made.still(new Work.Constant(fields), new Type.Fields(types), "value", map.span());
  }

  private Type type(Value value, Type wanted, Span span) {
    Element hint = wanted instanceof Type.Tensor tensor ? tensor.element() : null;
    return switch (value) {
      case Value.Text text -> scalar(hint == Element.BYTES ? Element.BYTES : Element.STRING);
      case Value.Bool bool -> scalar(Element.BOOL);
      case Value.Plain number -> {
        boolean whole = number.value().stripTrailingZeros().scale() <= 0;
        Element own = whole ? Element.I64 : Element.F64;
        yield scalar(
            hint != null && hint.isNumber() && (whole || !Literals.isWhole(hint)) ? hint : own);
      }
      case Value.Items items when !items.items().isEmpty() -> {
        Type inner = type(items.items().getFirst().value(), wanted, span);
        for (Value.Located each : items.items()) {
          if (!type(each.value(), wanted, each.span()).equals(inner)) {
            draft.report(
                Code.SV2126, each.span(), "the values of a list are all of one type and shape");
            yield new Type.Unknown();
          }
        }
        if (inner instanceof Type.Tensor(Element element, List<Dim> dims)) {
          var longer = new ArrayList<Dim>(dims);
          longer.addFirst(new Dim.Size(items.items().size()));
          yield new Type.Tensor(element, longer);
        }
        yield new Type.Unknown();
      }
      case Value.Broken broken -> new Type.Unknown();
      default -> {
        var diagnostic =
            Diagnostic.of(
                Code.SV2126,
                span,
                "a field's value is a text, a number, `true`, `false` or a list"
                    + (STEP.matcher(span.text()).matches()
                        ? "; an answer of several steps is `all { step as field, … }`"
                        : ""));
        draft.report(
            Amended.element(hint, value, span).map(diagnostic::fixedBy).orElse(diagnostic));
        yield new Type.Unknown();
      }
    };
  }

  private static Type scalar(Element element) {
    return new Type.Tensor(element, List.of());
  }
}
