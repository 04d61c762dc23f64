package dev.salver.compiler.lower;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.memo.Memo;
import dev.salver.kube.kserve.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What KServe's webhook would say of the services that {@code raw} was laid over. The others are
 * admitted by construction, and are not lowered for this. Kept for one environment's plans.
 */
public final class Refusals {
  private final Memo<ModelPlan, Optional<Diagnostic>> known = new Memo<>();

  public List<Diagnostic> of(EnvironmentPlan plan) {
    known.round();
    var refusals = new ArrayList<Diagnostic>();
    for (ModelPlan model : plan.models()) {
      known.of(model, each -> refusal(each, plan.namespace())).ifPresent(refusals::add);
    }
    return refusals;
  }

  private static Optional<Diagnostic> refusal(ModelPlan model, String namespace) {
    if (model.isLlm() || !model.settings().has("raw")) {
      return Optional.empty();
    }
    Manifest manifest = InferenceServices.of(model, namespace, model.source().map(StorageUris::of));
    return Admission.refusal(manifest.object())
        .map(
            words ->
                Diagnostic.of(
                    Code.SV8005,
                    model.settings().section("raw").first(),
                    "KServe would refuse `" + model.name() + "`: " + words));
  }
}
