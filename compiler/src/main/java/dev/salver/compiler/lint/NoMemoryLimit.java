package dev.salver.compiler.lint;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.overlay.Path;
import java.util.function.Consumer;

/** A model without a limit on its memory. */
final class NoMemoryLimit implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (EnvironmentPlan plan : program.plans()) {
      for (ModelPlan model : plan.models()) {
        Path memory = Path.of("memory");
        boolean open = model.memory().high().isEmpty();
        if (open && model.settings().leaf(memory).isPresent()) {
          findings.accept(
              Diagnostic.of(
                  Code.SV4019,
                  model.settings().at(memory),
                  "without a limit `" + model.name() + "` may take all memory of its node"));
        }
      }
    }
  }
}
