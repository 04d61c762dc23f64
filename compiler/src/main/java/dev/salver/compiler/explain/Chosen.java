package dev.salver.compiler.explain;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.RuntimePlan;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the compiler chose for a model where no layer says it.
 *
 * @param reason a clause that follows "chosen: "
 */
record Chosen(String value, Optional<String> reason) {
  static Map<String, Chosen> of(EnvironmentPlan plan, String model) {
    return plan.models().stream()
        .filter(each -> each.name().equals(model))
        .findFirst()
        .map(Chosen::of)
        .orElse(Map.of());
  }

  private static Map<String, Chosen> of(ModelPlan model) {
    var chosen = new HashMap<String, Chosen>();
    model
        .runtime()
        .ifPresent(runtime -> chosen.put("on", because(runtime.name(), carries(runtime, model))));
    model
        .format()
        .ifPresent(format -> chosen.put("format", because(format, "read off the source's name")));
    chosen.put("wire", because(model.wire(), "the default"));
    chosen.put("mode", because(model.mode().word(), "the environment's, or the default"));
    chosen.put("timeout", because("60s", "the default"));
    chosen.put("expose", because("public", "the default"));
    chosen.put("deploy", because("true", "the default"));
    model
        .scaling()
        .min()
        .filter(least -> model.scaling().isFixed())
        .ifPresent(least -> chosen.put("scale.replicas", because("" + least, "the default")));
    return chosen;
  }

  private static String carries(RuntimePlan runtime, ModelPlan model) {
    return "the one of "
        + runtime.level().owner()
        + " that carries format "
        + model.format().orElse("")
        + " and wire "
        + model.wire();
  }

  private static Chosen because(String value, String reason) {
    return new Chosen(value, Optional.of(reason));
  }
}
