package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Quantity;
import java.util.List;
import java.util.Map;

/**
 * What KServe's mutating webhook makes of an InferenceService: older framework blocks become {@code
 * model}, older mode names the present ones, protocols, resources and the {@code modelFormat}
 * annotation are filled in. The result is a fixed point. The empty {@code name} and {@code
 * resources} that the webhook's typed form adds to {@code model} are left out.
 */
public final class Defaulting {
  /** Frameworks whose block speaks v2 unless it says otherwise. */
  private static final List<String> V2_BLOCKS = List.of("triton", "onnx", "huggingface");

  private static final List<String> V2_FORMATS = List.of("triton", "vLLM");

  private Defaulting() {}

  public static KubeObject apply(KubeObject service, ServingConfig config) {
    KubeObject copy = service.copy();
    ObjectNode tree = copy.tree();
    DeploymentMode mode = mode(tree, config);
    ObjectNode spec = tree.withObjectProperty("spec");
    if (spec.path("predictor") instanceof ObjectNode predictor) {
      if (mode != DeploymentMode.MODEL_MESH) {
        model(tree, predictor);
        custom(new Component(Component.Kind.PREDICTOR, predictor), config);
      }
    }
    for (var kind : List.of(Component.Kind.TRANSFORMER, Component.Kind.EXPLAINER)) {
      if (spec.path(kind.word()) instanceof ObjectNode component) {
        custom(new Component(kind, component), config);
      }
    }
    if (!config.mountsToken()) {
      for (var kind : Component.Kind.values()) {
        if (spec.path(kind.word()) instanceof ObjectNode component
            && !component.has("automountServiceAccountToken")) {
          component.put("automountServiceAccountToken", false);
        }
      }
    }
    canonical(spec);
    return copy;
  }

  /** Writes the present name of the mode; a default other than Knative is written out. */
  private static DeploymentMode mode(ObjectNode tree, ServingConfig config) {
    String given = tree.path("metadata").path("annotations").path(Keys.DEPLOYMENT_MODE).asText();
    if (given.equals("RawDeployment") || given.equals("Serverless")) {
      annotate(tree, Keys.DEPLOYMENT_MODE, DeploymentMode.of(given).orElseThrow().word());
    }
    boolean absent = !tree.path("metadata").path("annotations").has(Keys.DEPLOYMENT_MODE);
    if (absent && config.defaultMode() != DeploymentMode.KNATIVE) {
      annotate(tree, Keys.DEPLOYMENT_MODE, config.defaultMode().word());
    }
    return given.equals(DeploymentMode.MODEL_MESH.word())
        ? DeploymentMode.MODEL_MESH
        : DeploymentMode.of(given).orElse(config.defaultMode());
  }

  private static void model(ObjectNode tree, ObjectNode predictor) {
    Component.FRAMEWORKS.stream()
        .filter(framework -> predictor.path(framework).isObject())
        .findFirst()
        .ifPresent(
            framework -> {
              ObjectNode model = (ObjectNode) predictor.remove(framework);
              if (V2_BLOCKS.contains(framework) && !model.hasNonNull("protocolVersion")) {
                model.put("protocolVersion", "v2");
              }
              model.putObject("modelFormat").put("name", framework);
              predictor.set("model", model);
            });
    if (predictor.path("model") instanceof ObjectNode model) {
      String format = model.path("modelFormat").path("name").asText();
      if (V2_FORMATS.contains(format) && !model.hasNonNull("protocolVersion")) {
        model.put("protocolVersion", "v2");
      }
      if (model.path("name").asText("x").isEmpty()) {
        model.remove("name");
      }
      if (model.path("resources").isObject() && model.path("resources").isEmpty()) {
        model.remove("resources");
      }
      boolean annotated = tree.path("metadata").path("annotations").has(Keys.MODEL_FORMAT);
      if (!format.isEmpty() && !annotated) {
        annotate(tree, Keys.MODEL_FORMAT, format);
      }
    }
  }

  /** The first container of a custom component gets the main name and default resources. */
  private static void custom(Component component, ServingConfig config) {
    if (component.implementations().size() != 1) {
      return;
    }
    if (component.kind() == Component.Kind.EXPLAINER
        && component.spec().path("art") instanceof ObjectNode art) {
      art.put("name", Keys.MAIN_CONTAINER);
      if (!art.hasNonNull("runtimeVersion")) {
        art.put(
            "runtimeVersion",
            config.section("explainers").path("art").path("defaultImageVersion").asText());
      }
      resources(art, config);
      return;
    }
    if (!component.custom()
        || !(component.containers().getFirst() instanceof ObjectNode container)) {
      return;
    }
    boolean alone = component.containers().size() == 1;
    if (component.kind() != Component.Kind.PREDICTOR
        || alone
        || container.path("name").asText().isEmpty()) {
      container.put("name", Keys.MAIN_CONTAINER);
    }
    resources(container, config);
  }

  private static void resources(ObjectNode container, ServingConfig config) {
    ObjectNode resources = container.withObjectProperty("resources");
    for (Map.Entry<String, JsonNode> half : config.resources("inferenceService").properties()) {
      ObjectNode given = resources.withObjectProperty(half.getKey());
      half.getValue()
          .properties()
          .forEach(
              amount -> {
                if (!given.has(amount.getKey())) {
                  given.set(amount.getKey(), amount.getValue());
                }
              });
    }
  }

  /** Quantities as the API server writes them back. */
  static void canonical(JsonNode tree) {
    if (tree.path("resources") instanceof ObjectNode resources) {
      for (String half : List.of("limits", "requests")) {
        if (resources.path(half) instanceof ObjectNode amounts) {
          for (String name : amounts.properties().stream().map(Map.Entry::getKey).toList()) {
            amounts.put(name, Quantity.canonical(amounts.path(name).asText()));
          }
        }
      }
    }
    tree.forEach(Defaulting::canonical);
  }

  private static void annotate(ObjectNode tree, String key, String value) {
    tree.withObjectProperty("metadata").withObjectProperty("annotations").put(key, value);
  }
}
