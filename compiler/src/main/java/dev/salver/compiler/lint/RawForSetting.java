package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.compiler.overlay.Leaves;
import dev.salver.compiler.syntax.Entry.Resource;
import java.util.Map;
import java.util.function.Consumer;

/** A field of `raw` for which there is a setting. */
final class RawForSetting implements Rule {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("spec.predictor.minReplicas", "scale.replicas"),
          Map.entry("spec.predictor.maxReplicas", "scale.replicas"),
          Map.entry("spec.predictor.scaleTarget", "scale.target"),
          Map.entry("spec.predictor.scaleMetric", "scale.target"),
          Map.entry("spec.predictor.containerConcurrency", "scale.hard-limit"),
          Map.entry("spec.predictor.timeout", "timeout"),
          Map.entry("spec.predictor.canaryTrafficPercent", "canary"),
          Map.entry("spec.predictor.serviceAccountName", "identity"),
          Map.entry("spec.predictor.logger.url", "log.to"),
          Map.entry("spec.predictor.batcher.maxBatchSize", "batch.max"),
          Map.entry("spec.predictor.model.storageUri", "from"),
          Map.entry("spec.predictor.model.runtime", "on"),
          Map.entry("spec.predictor.model.protocolVersion", "wire"),
          Map.entry("spec.predictor.model.image", "image"));

  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Resource model : program.declarations().models().values()) {
      for (Leaf leaf : Leaves.of(model, new Diagnostics())) {
        String setting =
            leaf.path().first().equals("raw")
                ? SETTINGS.get(leaf.path().after(1).toString())
                : null;
        if (setting != null) {
          findings.accept(
              Diagnostic.of(
                  Code.SV4023,
                  leaf.at(),
                  "`" + setting + "` is the setting that writes this field"));
        }
      }
    }
  }
}
