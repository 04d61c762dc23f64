package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.math.BigDecimal;
import java.util.function.Consumer;

/** A rollout whose first step is most of the traffic. */
final class BoldRollout implements Rule {
  private static final BigDecimal HALF = BigDecimal.valueOf(50);

  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Resource rollout : program.declarations().rollouts().values()) {
      for (Entry entry : rollout.body()) {
        if (entry instanceof Entry.Setting setting
            && setting.path().getFirst().text().equals("steps")
            && setting.value() instanceof Expr.ListOf steps
            && steps.items().size() > 1) {
          first(steps.items().getFirst(), findings);
        }
      }
    }
  }

  private static void first(Expr step, Consumer<Diagnostic> findings) {
    Expr share = step instanceof Expr.Binary binary ? binary.left() : step;
    if (share instanceof Expr.Quantity(String text, Span span)
        && text.endsWith("%")
        && new BigDecimal(text.substring(0, text.length() - 1).replace("_", "")).compareTo(HALF)
            > 0) {
      findings.accept(
          Diagnostic.of(
                  Code.SV4027, span, "the first step sends most of the requests to the new version")
              .fixedBy(
                  Fix.insert(
                          "begin with `5% for 10min`", span.file(), span.start(), "5% for 10min, ")
                      .suggested()));
    }
  }
}
