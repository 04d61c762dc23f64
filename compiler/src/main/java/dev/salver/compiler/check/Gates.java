package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Value;
import dev.salver.kube.rollout.Gate;
import dev.salver.kube.rollout.Gate.Operator;
import dev.salver.kube.rollout.Measure;
import dev.salver.kube.rollout.Unit;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code p99 < 1.1 * stable.p99 + 20ms} into a gate: a measure of the new version on one
 * side, on the other a value, or a measure of the stable version with a factor and a value.
 */
final class Gates {
  private static final String STABLE = "stable";
  private static final List<String> MEASURES =
      Stream.of(Measure.Kind.values()).map(Measure.Kind::word).toList();

  private final Evaluator evaluator;
  private final Diagnostics diagnostics;
  private final boolean hasStable;

  /**
   * A side of a comparison.
   *
   * @param stable whether the measure is of the stable version
   * @param unit empty for a plain number
   */
  private record Side(
      BigDecimal times,
      @Nullable Measure measure,
      boolean stable,
      BigDecimal value,
      @Nullable Unit unit,
      Expr expr) {
    boolean isMeasure() {
      return measure != null && !stable;
    }
  }

  /** What is wrong was reported. */
  private static final class Reported extends Exception {
    private static final long serialVersionUID = 1;

    Reported() {
      super("", null, false, false);
    }
  }

  /**
   * @param hasStable whether there is a stable version to compare with, as a rollout has and an
   *     objective has not
   */
  Gates(Evaluator evaluator, Diagnostics diagnostics, boolean hasStable) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
    this.hasStable = hasStable;
  }

  /** Empty where something is wrong, which is reported. */
  Optional<Gate> read(Expr expr, String message) {
    try {
      return Optional.of(gate(expr, message));
    } catch (Reported reported) {
      return Optional.empty();
    }
  }

  private Gate gate(Expr expr, String message) throws Reported {
    if (expr instanceof Expr.Missing) {
      throw new Reported();
    }
    if (!(expr instanceof Expr.Binary binary)) {
      throw report(no(expr));
    }
    Optional<Operator> sign = Operator.of(binary.operator());
    if (sign.isEmpty()) {
      throw report(message.isEmpty() ? apart(no(expr), binary) : no(expr));
    }
    Side left = side(binary.left());
    Side right =
        hasStable && isStable(binary.right()) && left.isMeasure()
            ? stableAlone(binary.right(), left.expr())
            : side(binary.right());
    boolean forwards = left.isMeasure();
    Side measured = forwards ? left : right;
    Side limit = forwards ? right : left;
    Measure measure = measured.measure();
    if (measure == null
        || limit.isMeasure()
        || measured.stable()
        || measured.value().signum() != 0
        || measured.times().compareTo(BigDecimal.ONE) != 0) {
      throw report(about(no(expr), left, right));
    }
    Unit unit = measure.kind().unit();
    if (unit(limit) != unit) {
      throw report(units(measure, unit, limit));
    }
    BigDecimal value = limit.value();
    if (unit == Unit.DURATION && value.stripTrailingZeros().scale() > 0) {
      throw report(
          Diagnostic.of(Code.SV2003, limit.expr().span(), "a latency is in whole milliseconds"));
    }
    if (value.signum() < 0 && limit.measure() == null) {
      throw report(
          Diagnostic.of(Code.SV2003, limit.expr().span(), "`" + measure + "` is never below 0"));
    }
    Measure base = limit.measure();
    return new Gate(
        measure,
        forwards ? sign.get() : sign.get().turned(),
        base == null ? null : new Gate.Stable(base, limit.times()),
        value,
        message);
  }

  /** The unit of a number alone is that of a score. */
  private static Unit unit(Side side) {
    return side.unit() == null ? Unit.NUMBER : side.unit();
  }

  /** {@code p99 < stable} means the stable version's measure of the same name. */
  private Side stableAlone(Expr stable, Expr measure) throws Reported {
    String of = stable.span().text() + "." + measure.span().text();
    throw report(
        Diagnostic.of(Code.SV2203, stable.span(), "`stable` has measures: `stable.p99`")
            .fixedBy(Fix.replace(stable.span(), of)));
  }

  /** Two comparisons with `&&` between them are two gates, two objectives of a list. */
  private Diagnostic apart(Diagnostic diagnostic, Expr.Binary expr) {
    Optional<Fix> fix =
        switch (expr.operator()) {
          case "&&" -> GateFixes.apart(expr, hasStable);
          case "==" ->
              Measure.Kind.of(expr.left().span().text())
                  .flatMap(kind -> GateFixes.operator(expr, "<=").map(Fix::suggested));
          default -> Optional.empty();
        };
    return fix.map(diagnostic::fixedBy).orElse(diagnostic);
  }

  /** The measure of the new version is the one to be compared, and the stable one's the limit. */
  private Diagnostic about(Diagnostic diagnostic, Side left, Side right) {
    boolean alone = left.stable() && right.measure() == null;
    if (alone && left.expr() instanceof Expr.Member member) {
      return diagnostic.fixedBy(Fix.replace(member.span(), member.name().text()).suggested());
    }
    Measure measure = left.measure();
    boolean twice =
        measure != null && left.isMeasure() && right.isMeasure() && measure.equals(right.measure());
    return twice && hasStable && right.expr() instanceof Expr.Word word
        ? diagnostic.fixedBy(Fix.replace(word.span(), STABLE + "." + word.text()))
        : diagnostic;
  }

  private Diagnostic no(Expr expr) {
    return Diagnostic.of(
        Code.SV2203,
        expr.span(),
        hasStable
            ? "a gate compares a measure with a value or the stable version:"
                + " `p99 < 1.1 * stable.p99`"
            : "an objective compares a measure with a value: `p99 < 120ms`");
  }

  private Diagnostic units(Measure measure, Unit unit, Side limit) {
    String wants =
        switch (unit) {
          case PERCENT -> "a share such as `0.5%`";
          case DURATION -> "a duration such as `120ms`";
          case RATE -> "a rate such as `40rps`";
          case NUMBER -> "a number such as `0.2`";
        };
    var diagnostic =
        Diagnostic.of(
            Code.SV2205,
            limit.expr().span(),
            "`" + measure.kind().word() + "` is compared with " + wants);
    if (!(limit.expr() instanceof Expr.Quantity written) || unit(limit) != Unit.NUMBER) {
      return diagnostic;
    }
    return switch (unit) {
      case PERCENT ->
          diagnostic.fixedBy(
              Fix.replace(
                  written.span(),
                  limit.value().movePointRight(2).stripTrailingZeros().toPlainString() + "%"));
      case DURATION ->
          Amounts.isWhole(limit.value(), 1, 600_000)
              ? diagnostic.fixedBy(Fix.replace(written.span(), written.text() + "ms"))
              : diagnostic;
      case RATE -> diagnostic.fixedBy(Fix.replace(written.span(), written.text() + "rps"));
      case NUMBER -> diagnostic;
    };
  }

  private Side side(Expr expr) throws Reported {
    return switch (expr) {
      case Expr.Word word when Measure.Kind.of(word.text()).isPresent() ->
          measure(expr, expr, false);
      case Expr.Word word when word.text().equals(STABLE) ->
          throw report(
              Diagnostic.of(Code.SV2203, expr.span(), "`stable` has measures: `stable.p99`"));
      case Expr.Member member when isStable(member.target()) -> measure(expr, expr, true);
      case Expr.Call call -> measure(expr, call.target(), isOfStable(call.target()));
      case Expr.Binary binary -> combined(binary);
      default -> constant(expr);
    };
  }

  private static boolean isStable(Expr expr) {
    return expr instanceof Expr.Word word && word.text().equals(STABLE);
  }

  private static boolean isOfStable(Expr target) {
    return target instanceof Expr.Member member && isStable(member.target());
  }

  private Side measure(Expr whole, Expr named, boolean stable) throws Reported {
    if (stable && !hasStable) {
      throw report(
          Diagnostic.of(
              Code.SV2203,
              whole.span(),
              "an objective knows no `stable` version, only a rollout's gates do"));
    }
    String word;
    Span at;
    if (named instanceof Expr.Member member && stable) {
      word = member.name().text();
      at = member.name().span();
    } else if (named instanceof Expr.Word alone) {
      word = alone.text();
      at = alone.span();
    } else {
      throw report(no(whole));
    }
    Measure.Kind kind = Measure.Kind.of(word).orElse(null);
    if (kind == null) {
      throw report(unknown(word, at));
    }
    return new Side(
        BigDecimal.ONE,
        new Measure(kind, argument(whole, kind)),
        stable,
        BigDecimal.ZERO,
        kind.unit(),
        whole);
  }

  private static Diagnostic unknown(String word, Span at) {
    var diagnostic =
        Diagnostic.of(
            Code.SV2204,
            at,
            "there is no measure `" + word + "`, but `" + String.join("`, `", MEASURES) + "`");
    return Spelling.nearest(word, MEASURES)
        .map(near -> diagnostic.fixedBy(Fix.replace(at, near)))
        .orElse(diagnostic);
  }

  private String argument(Expr whole, Measure.Kind kind) throws Reported {
    List<Expr.Argument> arguments =
        whole instanceof Expr.Call call ? call.arguments() : new ArrayList<>();
    boolean called = whole instanceof Expr.Call;
    if (!kind.takesArgument()) {
      if (called) {
        throw report(
            Diagnostic.of(
                    Code.SV2206, whole.span(), "`" + kind.word() + "` is measured of all requests")
                .fixedBy(Fix.replace(whole.span(), ((Expr.Call) whole).target().span().text())));
      }
      return "";
    }
    if (arguments.size() == 1) {
      Expr given = arguments.getFirst().value();
      Value value = evaluator.value(given);
      if (value instanceof Value.Text text && !text.text().isBlank()) {
        return text.text();
      }
      if (value instanceof Value.Symbol symbol && kind == Measure.Kind.DRIFT) {
        return symbol.name();
      }
      if (value instanceof Value.Broken) {
        throw new Reported();
      }
    }
    throw report(
        Diagnostic.of(
            Code.SV2206,
            whole.span(),
            kind == Measure.Kind.DRIFT
                ? "`drift` is measured of an output: `drift(score)`"
                : "`query` takes PromQL as a text: `query(\"sum(rate(…))\")`"));
  }

  private Side combined(Expr.Binary binary) throws Reported {
    Side left = side(binary.left());
    Side right = side(binary.right());
    switch (binary.operator()) {
      case "*" -> {
        boolean first = left.measure() == null && left.unit() == null;
        Side factor = first ? left : right;
        Side other = first ? right : left;
        if (factor.measure() == null && factor.unit() == null) {
          return new Side(
              other.times().multiply(factor.value()),
              other.measure(),
              other.stable(),
              other.value().multiply(factor.value()),
              other.unit(),
              binary);
        }
      }
      case "/" -> {
        if (right.measure() == null && right.unit() == null && right.value().signum() != 0) {
          return new Side(
              left.times().divide(right.value(), MathContext.DECIMAL32),
              left.measure(),
              left.stable(),
              left.value().divide(right.value(), MathContext.DECIMAL32),
              left.unit(),
              binary);
        }
      }
      case "+", "-" -> {
        boolean plus = binary.operator().equals("+");
        boolean fits =
            (left.measure() == null || right.measure() == null)
                && (plus || right.measure() == null);
        if (fits && unit(left) != unit(right)) {
          throw report(
              Diagnostic.of(
                  Code.SV2205,
                  binary.span(),
                  "`"
                      + binary.left().span().text()
                      + "` and `"
                      + binary.right().span().text()
                      + "` are of different units"));
        }
        if (fits) {
          Side measured = right.measure() == null ? left : right;
          return new Side(
              measured.times(),
              measured.measure(),
              measured.stable(),
              plus ? left.value().add(right.value()) : left.value().subtract(right.value()),
              measured.unit(),
              binary);
        }
      }
      default -> {}
    }
    throw report(no(binary));
  }

  private Side constant(Expr expr) throws Reported {
    Value value = evaluator.value(expr);
    return switch (value) {
      case Value.Plain number -> literal(number.value(), null, expr);
      case Value.Percent percent -> literal(percent.percent(), Unit.PERCENT, expr);
      case Value.Duration duration -> literal(duration.millis(), Unit.DURATION, expr);
      case Value.Rate rate when rate.unit().equals("rps") ->
          literal(rate.amount(), Unit.RATE, expr);
      case Value.Broken broken -> throw new Reported();
      case Value.Symbol symbol when expr instanceof Expr.Word ->
          throw report(unknown(symbol.name(), expr.span()));
      default ->
          throw report(
              Diagnostic.of(
                  Code.SV2205, expr.span(), "no measure is compared with " + value.kind()));
    };
  }

  private static Side literal(BigDecimal value, @Nullable Unit unit, Expr expr) {
    return new Side(BigDecimal.ONE, null, false, value, unit, expr);
  }

  private Reported report(Diagnostic diagnostic) {
    diagnostics.add(diagnostic);
    return new Reported();
  }
}
