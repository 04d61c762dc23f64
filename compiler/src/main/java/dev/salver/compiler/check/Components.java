package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.value.Value;
import java.util.List;
import java.util.Optional;

/** What stands beside the predictor: {@code transformer} and {@code explainer}. */
public record Components(Optional<ComponentPlan> transformer, Optional<ComponentPlan> explainer) {
  private static final List<Path> OF_A_POD =
      List.of(Path.of("scale", "replicas"), Path.of("scale", "target"), Path.of("timeout"));

  static Components of(
      Settings model, Mode mode, String environment, boolean lenient, Diagnostics diagnostics) {
    return new Components(
        component("transformer", model, mode, environment, lenient, diagnostics),
        component("explainer", model, mode, environment, lenient, diagnostics));
  }

  /** Whether one of them is scaled between two numbers of replicas. */
  public boolean scale() {
    return scales(transformer) || scales(explainer);
  }

  private static boolean scales(Optional<ComponentPlan> component) {
    return component.filter(plan -> !plan.isCollocated() && !plan.scaling().isFixed()).isPresent();
  }

  /** Knative has one class of autoscaler for all parts of a model, and that of load by default. */
  private static void autoscaler(
      String key,
      Settings model,
      Settings section,
      Mode mode,
      boolean lenient,
      Diagnostics diagnostics) {
    Path target = Path.of("scale", "target");
    Optional<Value> own = section.value(target);
    if (mode != Mode.KNATIVE || lenient || own.isEmpty()) {
      return;
    }
    if (isPercent(own.get())) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV5001,
              section.at(target),
              "in `knative` mode the " + key + " scales on `rps` or `concurrent`"));
    } else if (model.value(target).filter(Components::isPercent).isPresent()) {
      diagnostics.add(
          Diagnostic.of(
                  Code.SV5001,
                  section.at(target),
                  "in `knative` mode a model that scales on `%cpu` or `%memory` has no other target"
                      + " beside it")
              .relating(model.at(target), "the model's own target is set here"));
    }
  }

  private static boolean isPercent(Value value) {
    return value instanceof Value.Rate rate && rate.unit().startsWith("%");
  }

  private static Optional<ComponentPlan> component(
      String key,
      Settings model,
      Mode mode,
      String environment,
      boolean lenient,
      Diagnostics diagnostics) {
    Settings section = model.section(key);
    if (section.isEmpty()) {
      return Optional.empty();
    }
    if (section.leaf(Path.of("image")).isEmpty()) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV2005,
              section.first(),
              "the `" + key + "` of `" + model.declared().text() + "` has no `image`"));
    }
    autoscaler(key, model, section, mode, lenient, diagnostics);
    boolean collocated = section.bool("collocated").orElse(false);
    if (collocated) {
      section
          .firstOf(OF_A_POD)
          .ifPresent(
              leaf ->
                  diagnostics.add(
                      Diagnostic.of(
                              Code.SV5008,
                              leaf.at(),
                              "`"
                                  + leaf.path()
                                  + "` has no effect: the transformer shares the predictor's pod")
                          .relating(section.at(Path.of("collocated")), "it is collocated here")
                          .fixedBy(leaf.removal())));
    }
    return Optional.of(
        new ComponentPlan(
            section,
            new ScalingRules(section, mode, environment, lenient, diagnostics).scaling(),
            section.value(Path.of("cpu")).map(Ends::of).orElse(Ends.OPEN),
            section.value(Path.of("memory")).map(Ends::of).orElse(Ends.OPEN),
            collocated));
  }
}
