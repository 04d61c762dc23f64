package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.graph.Flows.Bodied;
import dev.salver.compiler.graph.Step.Reducer;
import dev.salver.compiler.graph.Step.Reduction;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.typing.Typing;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** {@code by mean(score)}: which values the ways of reducing take. */
final class Reducers {
  private Reducers() {}

  static String word(Reduction reduction) {
    return reduction.name().toLowerCase(Locale.ROOT);
  }

  static Optional<Reducer> read(Expr expr, Draft draft) {
    if (expr instanceof Expr.Missing) {
      draft.broken();
      return Optional.empty();
    }
    Expr.Word word =
        expr instanceof Expr.Word alone
            ? alone
            : expr instanceof Expr.Call(Expr.Word called, var arguments, var span) ? called : null;
    Optional<String> field = Optional.empty();
    boolean shaped = word != null;
    if (expr instanceof Expr.Call call) {
      boolean one =
          call.arguments().size() == 1
              && call.arguments().getFirst().name() == null
              && call.arguments().getFirst().value() instanceof Expr.Word;
      shaped &= one;
      field =
          one && call.arguments().getFirst().value() instanceof Expr.Word name
              ? Optional.of(name.text())
              : Optional.empty();
    }
    if (word == null || !shaped) {
      draft.report(
          Code.SV2122,
          expr.span(),
          "behind `by` stands `mean`, `max`, `vote` or `first`, with or without a field:"
              + " `mean(score)`");
      return Optional.empty();
    }
    for (Reduction each : Reduction.values()) {
      if (word(each).equals(word.text())) {
        return Optional.of(new Reducer(each, field));
      }
    }
    var diagnostic =
        Diagnostic.of(
            Code.SV2122,
            word.span(),
            "there is no reducer `" + word.text() + "`, only `mean`, `max`, `vote` and `first`");
    List<String> known = Arrays.stream(Reduction.values()).map(Reducers::word).toList();
    draft.report(
        Spelling.nearest(word.text(), known)
            .map(near -> diagnostic.fixedBy(Fix.replace(word.span(), near)))
            .orElse(diagnostic));
    return Optional.empty();
  }

  /** What of a branch's value is reduced. */
  static Type part(Reducer reducer, Bodied body, Flow.Node.All node, Draft draft) {
    Type type = body.type();
    if (reducer.field().isEmpty()) {
      return type;
    }
    String field = reducer.field().get();
    return switch (type) {
      case Type.Fields fields when fields.fields().containsKey(field) -> fields.fields().get(field);
      case Type.Fields fields -> {
        var diagnostic = Typing.noField(fields, new Name(field, field(node)));
        draft.report(diagnostic.relating(body.last().span(), "this branch has no such field"));
        yield new Type.Unknown();
      }
      case Type.Tensor tensor -> {
        draft.report(
            Diagnostic.of(
                    Code.SV2108,
                    field(node),
                    "`" + Flowing.brief(tensor) + "` has no fields, so no `" + field + "`")
                .relating(body.last().span(), "this branch gives one tensor"));
        yield new Type.Unknown();
      }
      default -> new Type.Unknown();
    };
  }

  /** Where the field is named. */
  private static Span field(Flow.Node.All node) {
    return node.reducer() instanceof Expr.Call call && !call.arguments().isEmpty()
        ? call.arguments().getFirst().value().span()
        : node.span();
  }

  /** Whether the values can be reduced this way. */
  static boolean check(Reducer reducer, Type common, Flow.Node.All node, Draft draft) {
    Expr written = node.reducer();
    if (reducer.reduction() == Reduction.FIRST || written == null) {
      return true;
    }
    Type type = common;
    while (type instanceof Type.Fields fields && fields.fields().size() == 1) {
      type = fields.fields().firstEntry().getValue();
    }
    String word = word(reducer.reduction());
    return switch (type) {
      case Type.Tensor tensor -> {
        boolean isFloat = tensor.element().isNumber() && !Literals.isWhole(tensor.element());
        boolean fits =
            switch (reducer.reduction()) {
              case MEAN -> isFloat;
              case MAX -> tensor.element().isNumber();
              case VOTE -> !isFloat;
              case FIRST -> true;
            };
        if (!fits) {
          draft.report(unfit(word, reducer.reduction(), tensor, written.span()));
        }
        yield fits;
      }
      case Type.Fields fields -> {
        draft.report(whole(word, fields, written));
        yield false;
      }
      case Type.Json json -> {
        draft.report(
            Code.SV2122, written.span(), "`" + word + "` takes tensors, and `json` is none");
        yield false;
      }
      default -> true;
    };
  }

  private static Diagnostic unfit(String word, Reduction reduction, Type.Tensor tensor, Span span) {
    String takes =
        switch (reduction) {
          case MEAN -> "floating-point numbers";
          case MAX -> "numbers";
          default -> "values that can be equal, such as labels";
        };
    return Diagnostic.of(
            Code.SV2122,
            span,
            "`" + word + "` takes " + takes + ", and the branches give `" + tensor + "`")
        .labelled(tensor.element().word());
  }

  private static Diagnostic whole(String word, Type.Fields fields, Expr written) {
    var diagnostic =
        Diagnostic.of(
            Code.SV2122,
            written.span(),
            "the branches give records: say which field, as in `" + word + "(score)`");
    var fitting =
        fields.fields().entrySet().stream()
            .filter(
                each ->
                    each.getValue() instanceof Type.Tensor tensor
                        && switch (word) {
                          case "mean" ->
                              tensor.element().isNumber() && !Literals.isWhole(tensor.element());
                          case "max" -> tensor.element().isNumber();
                          default ->
                              tensor.element() == Element.STRING
                                  || Literals.isWhole(tensor.element());
                        })
            .toList();
    return fitting.size() == 1 && fitting.getFirst().getKey().matches("[A-Za-z_][A-Za-z0-9_-]*")
        ? diagnostic.fixedBy(
            Fix.replace(written.span(), word + "(" + fitting.getFirst().getKey() + ")"))
        : diagnostic;
  }
}
