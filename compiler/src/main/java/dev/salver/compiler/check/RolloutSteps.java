package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Value;
import dev.salver.kube.rollout.Rollout.Stage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** {@code [5% for 10min, 25% for 30min, 100%]}: whole shares that rise and end at 100 %. */
final class RolloutSteps {
  private static final int MAX_STEPS = 64;
  private static final long LONGEST_MILLIS = 30L * 24 * 3_600_000;

  private final Evaluator evaluator;
  private final Diagnostics diagnostics;
  private boolean broken;

  private RolloutSteps(Evaluator evaluator, Diagnostics diagnostics) {
    this.evaluator = evaluator;
    this.diagnostics = diagnostics;
  }

  /** Empty where something is wrong, which is reported. */
  static Optional<List<Stage>> read(
      Expr.ListOf list, Evaluator evaluator, Diagnostics diagnostics) {
    return new RolloutSteps(evaluator, diagnostics).read(list);
  }

  private Optional<List<Stage>> read(Expr.ListOf list) {
    var stages = new ArrayList<Stage>();
    int before = 0;
    Expr last = null;
    for (int i = 0; i < list.items().size(); i++) {
      Expr item = list.items().get(i);
      boolean ends = i == list.items().size() - 1;
      int known = diagnostics.size();
      int percent = step(item, ends, stages);
      if (percent > 0 && diagnostics.size() > known) {
        continue;
      }
      if (percent > 0 && percent <= before && last != null) {
        var diagnostic =
            Diagnostic.of(
                    Code.SV2201,
                    share(item).span(),
                    "the steps of a rollout rise, and "
                        + percent
                        + "% is not above "
                        + before
                        + "%")
                .relating(share(last).span(), "the step before it");
        report(
            percent == before
                ? diagnostic.fixedBy(Fix.remove("remove the step", item.span()).suggested())
                : sorted(list).map(diagnostic::fixedBy).orElse(diagnostic));
      }
      before = percent;
      last = item;
    }
    if (list.items().size() > MAX_STEPS) {
      report(
          Diagnostic.of(Code.SV2003, list.span(), "a rollout has at most " + MAX_STEPS + " steps"));
    }
    if (!broken && before != 100) {
      var diagnostic =
          Diagnostic.of(
              Code.SV2202,
              last == null ? list.span() : share(last).span(),
              "the last step of a rollout is 100%");
      report(
          last instanceof Expr.Binary
              ? diagnostic.fixedBy(
                  Fix.insert("add `, 100%`", last.span().file(), last.span().end(), ", 100%"))
              : diagnostic);
    }
    return broken ? Optional.empty() : Optional.of(stages);
  }

  /** The share; 0 where it is none, which is reported. */
  private int step(Expr item, boolean ends, List<Stage> into) {
    boolean holds = item instanceof Expr.Binary timed && timed.operator().equals("for");
    int percent = percent(share(item), holds || ends ? "%" : "% for 10min");
    if (percent == 0) {
      return 0;
    }
    if (!holds) {
      if (!ends && percent != 100) {
        report(
            Diagnostic.of(
                    Code.SV2200,
                    item.span(),
                    "this step says no time, and only the last one stays for good")
                .fixedBy(
                    Fix.insert(
                        "add ` for 10min`", item.span().file(), item.span().end(), " for 10min")));
      }
      into.add(new Stage(percent, OptionalLong.empty()));
      return percent;
    }
    var timed = (Expr.Binary) item;
    if (percent == 100) {
      report(
          Diagnostic.of(Code.SV2200, timed.right().span(), "100% stays for good, not for a time")
              .fixedBy(
                  Fix.delete(
                      "remove the time",
                      new Span(
                          timed.span().file(), timed.left().span().end(), timed.span().end()))));
      return percent;
    }
    OptionalLong hold = hold(timed.right());
    into.add(new Stage(percent, hold));
    return percent;
  }

  private static Expr share(Expr item) {
    return item instanceof Expr.Binary timed && timed.operator().equals("for")
        ? timed.left()
        : item;
  }

  /**
   * @param unit what a number alone lacks
   */
  private int percent(Expr expr, String unit) {
    Value value = evaluator.value(expr);
    if (value instanceof Value.Percent percent && Amounts.isWhole(percent.percent(), 1, 100)) {
      return percent.percent().intValueExact();
    }
    if (value instanceof Value.Broken) {
      broken = true;
      return 0;
    }
    var diagnostic =
        Diagnostic.of(
            Code.SV2200,
            expr.span(),
            "a step is a whole share from 1% to 100% and how long it stays: `5% for 10min`");
    boolean number =
        value instanceof Value.Plain plain
            && Amounts.isWhole(plain.value(), 1, 100)
            && expr instanceof Expr.Quantity;
    report(
        number
            ? diagnostic.fixedBy(Fix.replace(expr.span(), expr.span().text() + unit))
            : diagnostic);
    return 0;
  }

  private OptionalLong hold(Expr expr) {
    Value value = evaluator.value(expr);
    if (value instanceof Value.Duration duration
        && Amounts.isWhole(duration.millis(), 1_000, LONGEST_MILLIS)) {
      return OptionalLong.of(duration.millis().longValueExact());
    }
    if (value instanceof Value.Broken) {
      broken = true;
      return OptionalLong.empty();
    }
    var diagnostic =
        Diagnostic.of(Code.SV2200, expr.span(), "a step stays for a time from 1s to 30d");
    report(
        value instanceof Value.Cpu cpu
            ? diagnostic.fixedBy(Fix.replace(expr.span(), cpu.millis().toPlainString() + "min"))
            : diagnostic);
    return OptionalLong.empty();
  }

  private void report(Diagnostic diagnostic) {
    broken = true;
    diagnostics.add(diagnostic);
  }

  /** The same steps in rising order; empty where the last one alone would not be without a time. */
  private Optional<Fix> sorted(Expr.ListOf list) {
    var byShare = new TreeMap<BigDecimal, Expr>();
    for (Expr item : list.items()) {
      if (!(share(item) instanceof Expr.Quantity literal)
          || !(evaluator.value(literal) instanceof Value.Percent percent)
          || byShare.put(percent.percent(), item) != null) {
        return Optional.empty();
      }
    }
    Expr last = byShare.lastEntry().getValue();
    if (byShare.values().stream().anyMatch(item -> share(item).equals(item) != item.equals(last))) {
      return Optional.empty();
    }
    var edits = new ArrayList<Edit>();
    int at = 0;
    for (Expr item : byShare.values()) {
      Expr place = list.items().get(at++);
      if (!place.equals(item)) {
        edits.add(new Edit(place.span(), item.span().text()));
      }
    }
    return Optional.of(new Fix("put the steps in rising order", edits).suggested());
  }
}
