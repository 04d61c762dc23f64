package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.graph.Step.Edge;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind a stage: {@code within}, {@code retry}, {@code or}, {@code shadow}, {@code
 * as}.
 */
final class Modifiers {
  private static final int MAX_RETRIES = 10;

  private final Draft draft;
  private final Terms terms;

  Modifiers(Draft draft, Terms terms) {
    this.draft = draft;
    this.terms = terms;
  }

  /** What the modifiers of one stage say, and the type of its value with the fallback's. */
  record Said(Edge edge, @Nullable Name as, Type type) {}

  Said read(Flow.Stage stage, Made made, Flowing incoming, Place place) {
    Name as = null;
    for (Flow.Modifier modifier : stage.modifiers()) {
      if (modifier instanceof Flow.Modifier.As each && as == null) {
        as = each.name();
      }
    }
    if (stage.modifiers().isEmpty() || disordered(stage) || isIdle(stage, made)) {
      return new Said(Edge.PLAIN, as, made.type());
    }
    OptionalLong within = OptionalLong.empty();
    Span deadline = stage.span();
    int retries = 0;
    Step fallback = null;
    Step.Shadow shadow = null;
    Type type = made.type();
    for (Flow.Modifier modifier : stage.modifiers()) {
      switch (modifier) {
        case Flow.Modifier.Within each -> {
          within = millis(each.duration());
          deadline = each.duration().span();
        }
        case Flow.Modifier.Retry each -> retries = retries(each.times());
        case Flow.Modifier.Or each -> {
          fallback = fallback(each, incoming, made, stage, place);
          type = joined(type, fallback);
        }
        case Flow.Modifier.Shadow each -> shadow = shadow(each, incoming, stage, place);
        case Flow.Modifier.As each -> {}
      }
    }
    if (within.isPresent()) {
      Deadlines.stage(within.getAsLong(), retries, deadline, made, place, draft);
    }
    return new Said(new Edge(within, retries, fallback, shadow), as, type);
  }

  private static int rank(Flow.Modifier modifier) {
    return switch (modifier) {
      case Flow.Modifier.Within each -> 0;
      case Flow.Modifier.Retry each -> 1;
      case Flow.Modifier.Or each -> 2;
      case Flow.Modifier.Shadow each -> 3;
      case Flow.Modifier.As each -> 4;
    };
  }

  private static String word(Flow.Modifier modifier) {
    return List.of("within", "retry", "or", "shadow", "as").get(rank(modifier));
  }

  private boolean disordered(Flow.Stage stage) {
    List<Flow.Modifier> all = stage.modifiers();
    for (int i = 1; i < all.size(); i++) {
      Flow.Modifier before = all.get(i - 1);
      Flow.Modifier here = all.get(i);
      if (rank(here) == rank(before)) {
        var rest = new Span(here.span().file(), before.span().end(), here.span().end());
        draft.report(
            Diagnostic.of(
                    Code.SV2119, here.span(), "`" + word(here) + "` is said twice of this step")
                .relating(before.span(), "it is said here already")
                .fixedBy(Fix.delete("remove the second", rest)));
        return true;
      }
      if (rank(here) < rank(before)) {
        Span whole = all.getFirst().span().to(all.getLast().span());
        String sorted =
            all.stream()
                .sorted(Comparator.comparingInt(Modifiers::rank))
                .map(each -> each.span().text().strip())
                .collect(Collectors.joining(" "));
        long kinds = all.stream().map(Modifiers::rank).distinct().count();
        var diagnostic =
            Diagnostic.of(
                Code.SV2119,
                here.span(),
                "`"
                    + word(here)
                    + "` stands before `"
                    + word(before)
                    + "`: the order is `within`, `retry`, `or`, `shadow`, `as`");
        draft.report(
            kinds == all.size() ? diagnostic.fixedBy(Fix.replace(whole, sorted)) : diagnostic);
        return true;
      }
    }
    return false;
  }

  /** A value, a cast or a {@code fail} takes no time and does not fail otherwise. */
  private boolean isIdle(Flow.Stage stage, Made made) {
    if (made.calls()) {
      return false;
    }
    for (Flow.Modifier modifier : stage.modifiers()) {
      if (!(modifier instanceof Flow.Modifier.As)) {
        draft.report(
            Diagnostic.of(
                    Code.SV2120,
                    modifier.span(),
                    "`"
                        + word(modifier)
                        + "` has no effect here: `"
                        + Flows.brief(made.span())
                        + "` calls nothing that takes time or can fail")
                .fixedBy(Trims.modifiers(stage)));
        return true;
      }
    }
    return false;
  }

  private OptionalLong millis(Expr expr) {
    Value value = draft.evaluator.value(expr);
    if (value instanceof Value.Broken) {
      return OptionalLong.empty();
    }
    if (value instanceof Value.Duration duration
        && duration.millis().signum() > 0
        && duration.millis().stripTrailingZeros().scale() <= 0
        && duration.millis().compareTo(BigDecimal.valueOf(86_400_000)) <= 0) {
      return OptionalLong.of(duration.millis().longValueExact());
    }
    var diagnostic =
        Diagnostic.of(
            Code.SV2113,
            expr.span(),
            "`within` takes a duration of whole milliseconds such as `50ms`, at most a day");
    draft.report(
        value instanceof Value.Plain number && number.value().signum() > 0
            ? diagnostic.fixedBy(Fix.replace(expr.span(), number.value().toPlainString() + "ms"))
            : diagnostic);
    return OptionalLong.empty();
  }

  private int retries(Expr expr) {
    Value value = draft.evaluator.value(expr);
    if (value instanceof Value.Plain number
        && number.value().stripTrailingZeros().scale() <= 0
        && number.value().signum() > 0
        && number.value().compareTo(BigDecimal.valueOf(MAX_RETRIES)) <= 0) {
      return number.value().intValueExact();
    }
    if (!(value instanceof Value.Broken)) {
      draft.report(
          Code.SV2113,
          expr.span(),
          "`retry` takes how often to try again, a whole number from 1 to " + MAX_RETRIES);
    }
    return 0;
  }

  private Step fallback(
      Flow.Modifier.Or or, Flowing incoming, Made main, Flow.Stage stage, Place place) {
    int before = draft.reported();
    Made made = terms.made(or.call(), incoming, true, stage, place, main.type());
    if (made.value() != null) {
      draft.use(made.value());
    }
    if (!made.ends()
        && before == draft.reported()
        && Fit.common(main.type(), made.type()) instanceof Fit.Common.Nothing(String reason)) {
      var diagnostic =
          Diagnostic.of(
                  Code.SV2109,
                  made.span(),
                  "the fallback gives `"
                      + Flowing.brief(made.type())
                      + "`, but what it stands in for gives `"
                      + Flowing.brief(main.type())
                      + "`")
              .labelled(reason)
              .relating(main.span(), "it stands in for this");
      draft.report(diagnostic);
      return step(made, new Type.Unknown());
    }
    return step(made, made.ends() ? main.type() : made.type());
  }

  private Step step(Made made, Type type) {
    String name = draft.unique(made.name() == null ? made.plain() : made.name());
    return new Step(name, made.work(), type, Edge.PLAIN, made.span());
  }

  private static Type joined(Type main, Step fallback) {
    return fallback.work() instanceof Step.Work.Fail
        ? main
        : switch (Fit.common(main, fallback.type())) {
          case Fit.Common.Found found -> found.type();
          case Fit.Common.Nothing nothing -> new Type.Unknown();
        };
  }

  private Step.@Nullable Shadow shadow(
      Flow.Modifier.Shadow shadow, Flowing incoming, Flow.Stage stage, Place place) {
    Made made = terms.made(shadow.call(), incoming, true, stage, place, new Type.Unknown());
    if (!made.calls()) {
      draft.report(
          Diagnostic.of(
                  Code.SV2120,
                  shadow.call().span(),
                  "a shadow is a call whose answer is dropped, and this calls nothing")
              .fixedBy(Trims.modifier(stage, shadow)));
      return null;
    }
    BigDecimal percent =
        shadow.share() == null
            ? BigDecimal.valueOf(100)
            : Percents.of(shadow.share(), draft).orElse(BigDecimal.valueOf(100));
    return new Step.Shadow(step(made, made.type()), percent);
  }
}
