package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import dev.salver.kube.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A predictor, transformer or explainer: its implementation and its extension fields. */
public record Component(Kind kind, JsonNode spec) {
  /** The three parts that an InferenceService may have. */
  public enum Kind {
    PREDICTOR,
    TRANSFORMER,
    EXPLAINER;

    /** As it is written in specs, labels and names. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** As it is written in conditions: {@code Predictor}. */
    public String title() {
      return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }
  }

  /** The predictor's older framework blocks, in the order in which the webhook looks for them. */
  public static final List<String> FRAMEWORKS =
      List.of(
          "sklearn",
          "tensorflow",
          "xgboost",
          "pytorch",
          "triton",
          "onnx",
          "huggingface",
          "pmml",
          "lightgbm",
          "paddle");

  /** Fields beside the pod spec, which {@link #podSpec} leaves out. */
  private static final Set<String> OWN_FIELDS =
      Set.of(
          "model",
          "art",
          "storageUris",
          "storageContainerName",
          "workerSpec",
          "name",
          "minReplicas",
          "maxReplicas",
          "scaleTarget",
          "scaleMetric",
          "scaleMetricType",
          "autoScaling",
          "containerConcurrency",
          "timeout",
          "canaryTrafficPercent",
          "logger",
          "batcher",
          "labels",
          "annotations",
          "deploymentStrategy");

  public Optional<Long> minReplicas() {
    return Trees.number(spec.path("minReplicas"));
  }

  /** 0 means unlimited in Knative and no scaling in a Deployment. */
  public long maxReplicas() {
    return spec.path("maxReplicas").asLong(0);
  }

  public Optional<Long> scaleTarget() {
    return Trees.number(spec.path("scaleTarget"));
  }

  public Optional<String> scaleMetric() {
    return Trees.text(spec.path("scaleMetric"));
  }

  public Optional<Long> containerConcurrency() {
    return Trees.number(spec.path("containerConcurrency"));
  }

  /** Seconds. */
  public Optional<Long> timeout() {
    return Trees.number(spec.path("timeout"));
  }

  public Optional<Long> canaryTrafficPercent() {
    return Trees.number(spec.path("canaryTrafficPercent"));
  }

  public Map<String, String> labels() {
    return Trees.strings(spec.path("labels"));
  }

  public Map<String, String> annotations() {
    return Trees.strings(spec.path("annotations"));
  }

  public List<JsonNode> containers() {
    return Trees.items(spec.path("containers"));
  }

  /** {@code predictor.name}, which enters the workload's name; empty where it is not set. */
  public String subname() {
    return spec.path("name").asText();
  }

  /** The pod spec that is written inline among the component's own fields. */
  public JsonNode podSpec() {
    var result = Json.object();
    spec.properties()
        .forEach(
            entry -> {
              if (!OWN_FIELDS.contains(entry.getKey()) && !FRAMEWORKS.contains(entry.getKey())) {
                result.set(entry.getKey(), entry.getValue().deepCopy());
              }
            });
    return result;
  }

  /**
   * The names of the implementations that are set, {@code containers} for a custom one; KServe
   * wants exactly one. A predictor counts a custom implementation for each container of the main
   * name.
   */
  public List<String> implementations() {
    var found = new ArrayList<String>();
    List<String> blocks =
        switch (kind) {
          case PREDICTOR -> {
            var all = new ArrayList<>(FRAMEWORKS);
            all.add("model");
            yield all;
          }
          case EXPLAINER -> List.of("art");
          case TRANSFORMER -> List.of();
        };
    blocks.stream().filter(block -> spec.path(block).isObject()).forEach(found::add);
    if (containers().isEmpty()) {
      return found;
    }
    if (kind != Kind.PREDICTOR) {
      found.add("containers");
      return found;
    }
    containers().stream()
        .filter(c -> c.path("name").asText().equals(Keys.MAIN_CONTAINER))
        .forEach(c -> found.add("containers"));
    if (found.isEmpty()) {
      found.add("containers");
    }
    return found;
  }

  /** The one block that says what runs; missing for a custom component. */
  public JsonNode block() {
    List<String> found = implementations();
    return found.isEmpty() || found.getFirst().equals("containers")
        ? Json.object().path("none")
        : spec.path(found.getFirst());
  }

  /** Whether its pods are written out as containers. */
  public boolean custom() {
    return implementations().contains("containers");
  }

  /** Where the one model comes from: the block's field, or a custom container's environment. */
  public Optional<String> storageUri() {
    if (!custom()) {
      return Trees.text(block().path("storageUri"))
          .filter(uri -> kind != Kind.EXPLAINER || !uri.isEmpty());
    }
    Optional<JsonNode> container =
        kind == Kind.PREDICTOR
            ? containers().stream()
                .filter(c -> c.path("name").asText().equals(Keys.MAIN_CONTAINER))
                .findFirst()
            : containers().stream().findFirst();
    return container.stream()
        .flatMap(c -> Trees.items(c.path("env")).stream())
        .filter(env -> env.path("name").asText().equals("STORAGE_URI"))
        .map(env -> env.path("value").asText())
        .findFirst();
  }
}
