package dev.salver.compiler.lower;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.kube.kserve.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What KServe's webhook would say of the services that {@code raw} was laid over. The others are
 * admitted by construction, and are not lowered for this.
 */
public final class Refusals {
  /** What else is called so was reported as no name. */
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

  private Refusals() {}

  public static List<Diagnostic> of(EnvironmentPlan plan) {
    var refusals = new ArrayList<Diagnostic>();
    for (ModelPlan model : plan.models()) {
      boolean named = NAME.matcher(model.name()).matches();
      if (named && !model.isLlm() && !model.settings().section("raw").isEmpty()) {
        refusal(model, plan.namespace()).ifPresent(refusals::add);
      }
    }
    return refusals;
  }

  private static Optional<Diagnostic> refusal(ModelPlan model, String namespace) {
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
