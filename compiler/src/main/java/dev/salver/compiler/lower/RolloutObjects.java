package dev.salver.compiler.lower;

import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.RolloutPlan;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.kube.rollout.Rollout;
import dev.salver.kube.rollout.Rollouts;
import java.util.TreeMap;

/** A model's rollout as an object beside it, of the same name. */
final class RolloutObjects {
  private static final String TARGET = "InferenceService";

  private RolloutObjects() {}

  static Manifest of(ModelPlan model, RolloutPlan plan, String namespace) {
    var rollout =
        new Rollout(
            new Rollout.Target(TARGET, model.name()),
            plan.steps(),
            plan.gates(),
            plan.patienceMillis(),
            plan.onFail());
    var origins = new TreeMap<String, Span>(plan.origins());
    model
        .settings()
        .leaf(Path.of("rollout"))
        .ifPresent(leaf -> origins.put("/spec/target", leaf.leaf().at()));
    return new Manifest(
        Rollouts.object(namespace, model.name(), rollout), model.settings().declared(), origins);
  }
}
