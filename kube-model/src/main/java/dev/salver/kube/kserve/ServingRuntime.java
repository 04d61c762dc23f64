package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;
import java.util.List;
import java.util.Optional;

/** A ServingRuntime or ClusterServingRuntime as its rules see it. */
public record ServingRuntime(KubeObject object) {
  /**
   * One format of a runtime.
   *
   * @param version empty for any
   */
  public record Format(String name, String version, boolean autoSelect, Optional<Long> priority) {}

  public String name() {
    return object.name();
  }

  public boolean clusterScoped() {
    return object.kind().equals("ClusterServingRuntime");
  }

  public boolean disabled() {
    return object.spec().path("disabled").asBoolean();
  }

  public boolean multiModel() {
    return object.spec().path("multiModel").asBoolean();
  }

  public boolean multiNode() {
    return object.spec().path("workerSpec").isObject();
  }

  public List<String> protocols() {
    return Trees.texts(object.spec().path("protocolVersions"));
  }

  /** No list of protocols supports them all. */
  public boolean speaks(String protocol) {
    return protocols().isEmpty() || protocols().contains(protocol);
  }

  public List<Format> formats() {
    return Trees.items(object.spec().path("supportedModelFormats")).stream()
        .map(
            format ->
                new Format(
                    format.path("name").asText(),
                    format.path("version").asText(),
                    format.path("autoSelect").asBoolean(),
                    Trees.number(format.path("priority"))))
        .toList();
  }

  /** The priority of the first entry of a format, whatever its version. */
  public Optional<Long> priority(String format) {
    return formats().stream()
        .filter(f -> f.name().equals(format))
        .findFirst()
        .flatMap(Format::priority);
  }

  public List<JsonNode> containers() {
    return Trees.items(object.spec().path("containers"));
  }

  /**
   * What kind of server it is, which decides about image tags and default environment: the
   * annotation, else what the name of a stock runtime says; empty for any other.
   */
  public String serverType() {
    return object
        .annotation(Keys.SERVER_TYPE)
        .filter(type -> !type.isEmpty())
        .orElseGet(
            () ->
                switch (name()) {
                  case "kserve-mlserver" -> "mlserver";
                  case "kserve-torchserve" -> "torchserve";
                  case "kserve-tritonserver" -> "tritonserver";
                  case "kserve-tensorflow-serving" -> "tensorflow-serving";
                  case "kserve-huggingfaceserver" -> "huggingfaceserver";
                  case "kserve-vllmserver" -> "vllmserver";
                  default -> "";
                });
  }

  /** Whether its own container fetches the model, so that no storage initializer is needed. */
  public boolean fetchesItself() {
    return object.annotation(Keys.SALVER_STORAGE).orElse("").equals("self")
        || object.spec().path("annotations").path(Keys.SALVER_STORAGE).asText().equals("self");
  }

  /** Seconds since 1970 as text that sorts by time; empty sorts as oldest. */
  String created() {
    return object.metadata().path("creationTimestamp").asText();
  }
}
