package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import java.util.Map;
import java.util.Optional;

/** An InferenceService as its rules see it. */
public record InferenceService(KubeObject object) {
  public String name() {
    return object.name();
  }

  public String namespace() {
    return object.namespace();
  }

  public Map<String, String> labels() {
    return object.labels();
  }

  public Map<String, String> annotations() {
    return object.annotations();
  }

  public Component predictor() {
    return new Component(Component.Kind.PREDICTOR, object.spec().path("predictor"));
  }

  public Optional<Component> transformer() {
    return component(Component.Kind.TRANSFORMER);
  }

  public Optional<Component> explainer() {
    return component(Component.Kind.EXPLAINER);
  }

  /** The predictor's {@code model} block; missing for a custom predictor. */
  public JsonNode model() {
    return predictor().spec().path("model");
  }

  /** Whether its owner asked for it to be stopped. */
  public boolean stopped() {
    return annotations().getOrDefault(Keys.STOP, "").equalsIgnoreCase("true");
  }

  private Optional<Component> component(Component.Kind kind) {
    JsonNode spec = object.spec().path(kind.word());
    return spec.isObject() ? Optional.of(new Component(kind, spec)) : Optional.empty();
  }
}
