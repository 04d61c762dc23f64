package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * What became of a model's declaration in an environment.
 *
 * @param plan empty where it is left out, runs elsewhere or can't be worked out
 */
record PlannedModel(
    Settings settings, Optional<ModelPlan> plan, List<Pins.Use> uses, List<Diagnostic> found) {
  PlannedModel {
    uses = List.copyOf(uses);
    found = List.copyOf(found);
  }
}
