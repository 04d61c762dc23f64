package dev.salver.compiler.lint;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.syntax.Expr;
import java.util.Optional;
import java.util.function.Consumer;

/** A model without a limit on its memory. */
final class NoMemoryLimit implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (EnvironmentPlan plan : program.plans()) {
      for (ModelPlan model : plan.models()) {
        Path memory = Path.of("memory");
        boolean open = model.memory().high().isEmpty();
        Optional<Effective> leaf = model.settings().leaf(memory);
        if (open && leaf.isPresent()) {
          var diagnostic =
              Diagnostic.of(
                  Code.SV4019,
                  model.settings().at(memory),
                  "without a limit `" + model.name() + "` may take all memory of its node");
          findings.accept(
              limited(leaf.get().leaf().value()).map(diagnostic::fixedBy).orElse(diagnostic));
        }
      }
    }
  }

  /** What is requested is the limit too. */
  private static Optional<Fix> limited(Expr memory) {
    return memory instanceof Expr.Binary range
            && range.left() instanceof Expr.Quantity request
            && !range.span().file().isLibrary()
        ? Optional.of(Fix.replace(range.span(), request.text()).suggested())
        : Optional.empty();
  }
}
