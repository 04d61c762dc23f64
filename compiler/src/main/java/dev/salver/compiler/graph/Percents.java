package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.Optional;

/** Shares of requests. */
final class Percents {
  private Percents() {}

  /** Above 0 and at most 100. */
  static Optional<BigDecimal> of(Expr expr, Draft draft) {
    Value value = draft.evaluator.value(expr);
    if (value instanceof Value.Broken) {
      return Optional.empty();
    }
    if (value instanceof Value.Percent percent) {
      boolean fits =
          percent.percent().signum() > 0
              && percent.percent().compareTo(BigDecimal.valueOf(100)) <= 0;
      if (fits) {
        return Optional.of(percent.percent());
      }
    }
    var diagnostic =
        Diagnostic.of(
            Code.SV2113,
            expr.span(),
            value instanceof Value.Percent
                ? "a share lies above 0% and is at most 100%"
                : "a share is written in percent, such as `10%`");
    draft.report(
        value instanceof Value.Plain number
                && number.value().signum() > 0
                && number.value().compareTo(BigDecimal.valueOf(100)) <= 0
                && number.value().scale() <= 0
            ? diagnostic.fixedBy(Fix.replace(expr.span(), number.value().toPlainString() + "%"))
            : diagnostic);
    return Optional.empty();
  }
}
