package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;

/**
 * What a chosen runtime adds to the service before the two are merged: the runtime's name, a
 * protocol, and for some servers labels, environment and arguments. It is never stored.
 */
public final class RuntimeDefaults {
  private RuntimeDefaults() {}

  /** The service as the merge sees it; the given one is not changed. */
  public static InferenceService apply(InferenceService service, ServingRuntime runtime) {
    KubeObject copy = service.object().copy();
    ObjectNode model =
        copy.tree()
            .withObjectProperty("spec")
            .withObjectProperty("predictor")
            .withObjectProperty("model");
    model.put("runtime", runtime.name());
    boolean hasModel = model.hasNonNull("storageUri") || model.hasNonNull("storage");
    switch (runtime.serverType()) {
      case "mlserver" -> mlserver(copy.tree(), model, service.name(), hasModel);
      case "tritonserver" -> {
        protocol(model, "v2");
        if (!hasModel) {
          model.withArrayProperty("args").add("--model-control-mode=explicit");
        }
      }
      case "torchserve" -> {
        String protocol = protocol(model, "v1");
        boolean second = protocol.equals("v2") || protocol.equals("grpc-v2");
        label(copy.tree(), Keys.SERVICE_ENVELOPE, second ? "kservev2" : "kserve");
        model.withArrayProperty("env").add(Trees.pair("PROTOCOL_VERSION", protocol));
      }
      default -> {}
    }
    String protocol = RuntimeSelection.protocol(model, runtime);
    if (!protocol.isEmpty()) {
      model.put("protocolVersion", protocol);
    }
    return new InferenceService(copy);
  }

  private static void mlserver(ObjectNode tree, ObjectNode model, String name, boolean hasModel) {
    protocol(model, "v2");
    if (hasModel) {
      env(model, "MLSERVER_MODEL_NAME", name);
      env(model, "MLSERVER_MODEL_URI", Keys.MODEL_PATH);
    } else {
      env(model, "MLSERVER_LOAD_MODELS_AT_STARTUP", "false");
    }
    label(
        tree,
        Keys.MODEL_CLASS,
        switch (model.path("modelFormat").path("name").asText()) {
          case "xgboost" -> "mlserver_xgboost.XGBoostModel";
          case "lightgbm" -> "mlserver_lightgbm.LightGBMModel";
          case "mlflow" -> "mlserver_mlflow.MLflowRuntime";
          default -> "mlserver_sklearn.SKLearnModel";
        });
  }

  private static String protocol(ObjectNode model, String fallback) {
    if (!model.hasNonNull("protocolVersion")) {
      model.put("protocolVersion", fallback);
    }
    return model.path("protocolVersion").asText();
  }

  private static void env(ObjectNode model, String name, String value) {
    var env = model.withArrayProperty("env");
    if (Trees.named(env, name).isEmpty()) {
      env.add(Trees.pair(name, value));
    }
  }

  private static void label(ObjectNode tree, String key, String value) {
    tree.withObjectProperty("metadata").withObjectProperty("labels").put(key, value);
  }
}
