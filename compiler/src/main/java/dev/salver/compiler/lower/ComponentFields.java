package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.check.ComponentPlan;
import dev.salver.compiler.check.Ends;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * A transformer or explainer: a component of its own with one container, or a second container in
 * the predictor's pod.
 */
final class ComponentFields {
  /** What KServe writes where a custom container asks for nothing. */
  private static final Ends CPU = one(new Value.Plain(BigDecimal.ONE));

  private static final Ends MEMORY = one(new Value.Size(BigDecimal.valueOf(2L << 30), "2Gi"));

  private static final long PORT = 8080;

  private ComponentFields() {}

  static void write(Draft draft, ModelPlan model) {
    model.components().transformer().ifPresent(plan -> write(draft, model, "transformer", plan));
    model.components().explainer().ifPresent(plan -> write(draft, model, "explainer", plan));
  }

  private static void write(Draft draft, ModelPlan model, String component, ComponentPlan plan) {
    Draft own = draft.by(plan.settings());
    String at = plan.isCollocated() ? "predictor" : component;
    ObjectNode spec = draft.at("spec", at);
    ArrayNode containers =
        spec.get("containers") instanceof ArrayNode there ? there : spec.putArray("containers");
    String index = Integer.toString(containers.size());
    ObjectNode container = containers.addObject();
    container.put("name", plan.isCollocated() ? "transformer-container" : "kserve-container");
    plan.settings().text("image").ifPresent(image -> container.put("image", image));
    own.origin(Path.of("image"), "spec", at, "containers", index, "image");
    Containers.process(own, container, "spec", at, "containers", index);
    Optional<Long> port = plan.settings().whole("port");
    if (port.isPresent() || plan.isCollocated()) {
      Containers.port(container, port.orElse(PORT));
    }
    boolean shares = plan.isCollocated();
    ObjectNode resources =
        Containers.resources(
            plan.settings().leaf(Path.of("cpu")).isPresent() || shares ? plan.cpu() : CPU,
            plan.settings().leaf(Path.of("memory")).isPresent() || shares ? plan.memory() : MEMORY,
            Optional.empty());
    if (!resources.isEmpty()) {
      container.set("resources", resources);
    }
    if (!shares) {
      own.settings()
          .duration("timeout")
          .ifPresent(
              millis ->
                  own.put(
                      Path.of("timeout"), LongNode.valueOf(millis / 1000), "spec", at, "timeout"));
      new Scalings(own, component).apply(model, plan.scaling());
    }
  }

  private static Ends one(Value value) {
    return new Ends(Optional.of(value), Optional.of(value));
  }
}
