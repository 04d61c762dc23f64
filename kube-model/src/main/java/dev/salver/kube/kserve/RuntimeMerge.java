package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import dev.salver.kube.apply.KnownStructures;
import dev.salver.kube.merge.StrategicMerge;
import java.util.List;
import java.util.Optional;

/**
 * The pod of a predictor: the runtime's with the service's laid over it. Containers merge by name,
 * arguments are appended, placeholders are filled, the image tag follows version and GPU.
 */
public final class RuntimeMerge {
  /** A pod spec, or why there is none. */
  public sealed interface Merged {
    record Pod(ObjectNode spec) implements Merged {}

    /** {@code message} as KServe words it. */
    record Impossible(String message) implements Merged {}
  }

  /** What of a runtime's pod reaches the pod; KServe drops the rest ({@code hostIPC}). */
  private static final List<String> POD_FIELDS =
      List.of(
          "nodeSelector",
          "affinity",
          "tolerations",
          "volumes",
          "imagePullSecrets",
          "schedulerName",
          "resourceClaims");

  /** Fields of {@code model} that are not the container's. */
  private static final List<String> MODEL_FIELDS =
      List.of(
          "modelFormat",
          "runtime",
          "storageUri",
          "runtimeVersion",
          "protocolVersion",
          "storage",
          "confidential");

  private RuntimeMerge() {}

  /** Merges a service that {@link RuntimeDefaults} went over. */
  public static Merged merge(InferenceService service, ServingRuntime runtime) {
    JsonNode fromRuntime = runtime.object().spec();
    JsonNode containers = fromRuntime.path("containers");
    if (!containers.isArray() || containers.isEmpty()) {
      return new Merged.Impossible("no container configuration found in selected serving runtime");
    }
    Optional<ObjectNode> main = Trees.named(containers, Keys.MAIN_CONTAINER);
    if (main.isEmpty()) {
      return new Merged.Impossible(
          "failed to find " + Keys.MAIN_CONTAINER + " in ServingRuntime containers");
    }
    ObjectNode over = Trees.copy(service.model());
    over.remove(MODEL_FIELDS);
    ObjectNode container = container(main.get(), over);
    Optional<String> problem = Placeholders.problem(container);
    if (problem.isPresent()) {
      return unreadable(runtime, Keys.MAIN_CONTAINER, problem.get());
    }
    var values = Placeholders.Values.of(service.object());
    container = (ObjectNode) Placeholders.fill(container, values);
    ImageTag.apply(container, service.model(), runtime.serverType());

    ObjectNode below = Json.object();
    POD_FIELDS.stream()
        .filter(fromRuntime::has)
        .forEach(field -> below.set(field, fromRuntime.path(field)));
    JsonNode podSpec = service.predictor().podSpec();
    ObjectNode pod = StrategicMerge.merge(below, podSpec, KnownStructures.POD_SPEC);
    ArrayNode all = pod.putArray("containers");
    all.add(container);

    Optional<ObjectNode> transformer = transformer(containers, podSpec.path("containers"));
    if (transformer.isPresent()) {
      problem = Placeholders.problem(transformer.get());
      if (problem.isPresent()) {
        return unreadable(runtime, Keys.TRANSFORMER_CONTAINER, problem.get());
      }
      all.add(Placeholders.fill(transformer.get(), values));
    }
    containers.forEach(
        other -> {
          String name = other.path("name").asText();
          if (!name.equals(Keys.MAIN_CONTAINER) && !name.equals(Keys.TRANSFORMER_CONTAINER)) {
            all.add(other.deepCopy());
          }
        });
    podSpec
        .path("containers")
        .forEach(
            other -> {
              if (!other.path("name").asText().equals(Keys.TRANSFORMER_CONTAINER)) {
                all.add(other.deepCopy());
              }
            });
    return new Merged.Pod(pod);
  }

  private static Merged unreadable(ServingRuntime runtime, String container, String problem) {
    return new Merged.Impossible(
        "failed to replace placeholders in serving runtime "
            + runtime.name()
            + " Container "
            + container
            + ": "
            + problem);
  }

  private static Optional<ObjectNode> transformer(JsonNode ofRuntime, JsonNode ofService) {
    Optional<ObjectNode> below = Trees.named(ofRuntime, Keys.TRANSFORMER_CONTAINER);
    Optional<ObjectNode> over = Trees.named(ofService, Keys.TRANSFORMER_CONTAINER);
    if (below.isPresent() && over.isPresent()) {
      return Optional.of(container(below.get(), over.get()));
    }
    return below.or(() -> over).map(ObjectNode::deepCopy);
  }

  /** Two containers of one name; arguments of the second follow those of the first. */
  private static ObjectNode container(JsonNode below, JsonNode over) {
    ObjectNode merged = StrategicMerge.merge(below, over, KnownStructures.CONTAINER);
    ArrayNode args = Json.array();
    below.path("args").forEach(args::add);
    over.path("args").forEach(args::add);
    if (args.isEmpty()) {
      merged.remove("args");
    } else {
      merged.set("args", args);
    }
    if (merged.path("name").asText().isEmpty()) {
      merged.set("name", below.path("name"));
    }
    for (JsonNode env : over.path("env")) {
      Trees.named(merged.path("env"), env.path("name").asText())
          .filter(both -> both.has("valueFrom") && !both.path("value").asText().isEmpty())
          .ifPresent(both -> both.remove(env.has("valueFrom") ? "value" : "valueFrom"));
    }
    return merged;
  }
}
