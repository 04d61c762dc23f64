package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What KServe asks of a predictor that spans several nodes. */
final class MultiNodeRules {
  private static final List<String> BASIC =
      List.of("cpu", "memory", "storage", "ephemeral-storage");
  private static final List<String> GPUS =
      List.of("nvidia.com/gpu", "amd.com/gpu", "intel.com/gpu", "habana.ai/gaudi");

  private MultiNodeRules() {}

  static Optional<String> refusal(InferenceService service) {
    JsonNode worker = service.predictor().spec().path("workerSpec");
    if (!worker.isObject()) {
      return Optional.empty();
    }
    String start = "the InferenceService \"" + service.name() + "\" is invalid: ";
    if (worker.path("containers").size() > 1) {
      return Optional.of(start + "setting multiple containers in workerSpec is not allowed");
    }
    return model(service)
        .or(() -> size(worker, "pipelineParallelSize", "PipelineParallelSize"))
        .or(() -> size(worker, "tensorParallelSize", "TensorParallelSize"))
        .or(
            () ->
                Trees.items(worker.path("containers")).stream()
                    .flatMap(c -> gpu(c, service).stream())
                    .findFirst())
        .map(objection -> start + objection);
  }

  private static Optional<String> model(InferenceService service) {
    JsonNode model = service.model();
    if (!model.isObject()) {
      return Optional.empty();
    }
    for (String name : List.of("PIPELINE_PARALLEL_SIZE", "TENSOR_PARALLEL_SIZE")) {
      if (Trees.named(model.path("env"), name).isPresent()) {
        return Optional.of("setting " + name + " in environment variables is not allowed");
      }
    }
    Optional<String> gpu = gpu(model, service);
    if (gpu.isPresent()) {
      return gpu;
    }
    Optional<String> uri = Trees.text(model.path("storageUri"));
    if (uri.isEmpty()) {
      return Optional.of("StorageURI must be set for multinode enabled");
    }
    String protocol = uri.get().split("://", 2)[0];
    if (!protocol.equals("pvc") && !protocol.equals("oci")) {
      return Optional.of(
          "Multinode only supports 'pvc' and 'oci' Storage Protocol(" + protocol + ")");
    }
    String autoscaler = service.annotations().getOrDefault(Keys.AUTOSCALER_CLASS, "");
    return autoscaler.equals("none")
        ? Optional.empty()
        : Optional.of("Multinode only supports 'none' autoscaler(" + autoscaler + ")");
  }

  private static Optional<String> size(JsonNode worker, String field, String title) {
    return Trees.number(worker.path(field))
        .filter(size -> size < 1)
        .map(size -> "WorkerSpec." + title + " cannot be less than 1(" + size + ")");
  }

  private static Optional<String> gpu(JsonNode container, InferenceService service) {
    var known = new ArrayList<>(GPUS);
    String more = service.annotations().getOrDefault(Keys.GPU_RESOURCE_TYPES, "");
    if (!more.isEmpty()) {
      try {
        known.addAll(Trees.texts(Json.parse(more)));
      } catch (IllegalArgumentException e) {
        return Optional.of(
            "invalid format for serving.kserve.io/gpu-resource-types annotation: must be a valid"
                + " JSON array");
      }
    }
    return Stream.of("limits", "requests")
        .flatMap(half -> container.path("resources").path(half).properties().stream())
        .map(Map.Entry::getKey)
        .filter(resource -> !BASIC.contains(resource) && !known.contains(resource))
        .findFirst()
        .map(
            resource ->
                "Unknown GPU resource type. Set 'serving.kserve.io/gpu-resource-types' annotation"
                    + " to use custom gpu resource type");
  }
}
