package dev.salver.compiler.lower;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.memo.Memo;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.kube.kserve.Admission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What KServe's webhook would say of the services that {@code raw} was laid over. The others are
 * admitted by construction, and are not lowered for this. Kept for one environment's plans.
 */
public final class Refusals {
  /** What else is called so was reported as no name. */
  private static final Pattern NAME = Pattern.compile("[a-z]([-a-z0-9]*[a-z0-9])?");

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
    boolean named = NAME.matcher(model.name()).matches();
    if (!named || model.isLlm() || model.settings().section("raw").isEmpty()) {
      return Optional.empty();
    }
    Optional<String> refused = words(model, namespace);
    if (refused.isEmpty()) {
      return Optional.empty();
    }
    String message = "KServe would refuse `" + model.name() + "`: " + refused.get();
    Settings settings = model.settings();
    for (Effective each : settings.section("raw").all()) {
      Leaf leaf = each.leaf();
      boolean isCause = words(model.with(settings.without(leaf.path())), namespace).isEmpty();
      if (isCause && !leaf.at().file().isLibrary() && leaf.at().file().importedBy().isEmpty()) {
        String title = "remove `" + leaf.path() + "`";
        return Optional.of(
            Diagnostic.of(Code.SV8005, leaf.at(), message)
                .fixedBy(
                    Fix.removeWithSections(title, leaf.at().to(leaf.value().span())).suggested()));
      }
    }
    return Optional.of(Diagnostic.of(Code.SV8005, settings.section("raw").first(), message));
  }

  private static Optional<String> words(ModelPlan model, String namespace) {
    Manifest manifest = InferenceServices.of(model, namespace, model.source().map(StorageUris::of));
    return Admission.refusal(manifest.object());
  }
}
