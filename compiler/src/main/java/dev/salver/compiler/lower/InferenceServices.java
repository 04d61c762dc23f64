package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.check.Ends;
import dev.salver.compiler.check.GpuPlan;
import dev.salver.compiler.check.Mode;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.ParallelPlan;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.value.Value;
import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * A model as an InferenceService, at the fixed point of KServe's webhook: the form {@code model:},
 * the annotations {@code modelFormat} and {@code deploymentMode}, protocol, runtime and resources
 * written out (KServe v0.20, repository state of 2026-08-21).
 */
final class InferenceServices {
  static final Gvk GVK = new Gvk("serving.kserve.io", "v1beta1", "InferenceService");

  /** Read by Salver's server: {@code {"instances": [{"input": [1, 2]}]}}. */
  private static final String WARM_UP = "SALVER_WARM_UP";

  /** Read by Salver's agent, which carries the logger: a share between 0 and 1. */
  private static final String LOG_SAMPLE = "salver.dev/log-sample";

  private static final long TIMEOUT_SECONDS = 60;

  private InferenceServices() {}

  /**
   * @param storageUri where the cluster fetches the artifact; empty without a source
   */
  static Manifest of(ModelPlan model, String namespace, Optional<String> storageUri) {
    var draft = new Draft(GVK, namespace, model.name(), model.settings());
    metadata(draft, model);
    Scalings.apply(draft, model);
    predictor(draft, model);
    if (model.runtime().isPresent()) {
      model(draft, model, storageUri);
    } else {
      server(draft, model, storageUri);
    }
    ComponentFields.write(draft, model);
    return draft.finish();
  }

  private static void metadata(Draft draft, ModelPlan model) {
    draft.texts("labels", "metadata", "labels");
    if (model.settings().text("expose").filter("cluster"::equals).isPresent()) {
      String label =
          model.mode() == Mode.KNATIVE
              ? "networking.knative.dev/visibility"
              : "networking.kserve.io/visibility";
      draft.put(Path.of("expose"), "cluster-local", "metadata", "labels", label);
    }
    model
        .format()
        .ifPresent(format -> draft.at("metadata", "annotations").put("modelFormat", format));
    draft.put(
        Path.of("mode"),
        model.mode().annotation(),
        "metadata",
        "annotations",
        "serving.kserve.io/deploymentMode");
    draft.texts("annotations", "metadata", "annotations");
  }

  private static void predictor(Draft draft, ModelPlan model) {
    long timeout =
        model.settings().duration("timeout").map(millis -> millis / 1000).orElse(TIMEOUT_SECONDS);
    draft.put(Path.of("timeout"), LongNode.valueOf(timeout), "spec", "predictor", "timeout");
    model
        .settings()
        .text("identity")
        .ifPresent(
            account ->
                draft.put(Path.of("identity"), account, "spec", "predictor", "serviceAccountName"));
    model.gpu().ifPresent(gpu -> nodes(draft, gpu));
    model.parallel().ifPresent(parallel -> workers(draft, parallel));
    canary(draft, model);
    batch(draft, model);
    log(draft, model);
  }

  /** Only Knative splits traffic so; elsewhere nobody chose it for this model. */
  private static void canary(Draft draft, ModelPlan model) {
    if (model.mode() == Mode.KNATIVE && model.rollout().isEmpty()) {
      draft
          .value("canary")
          .ifPresent(
              value ->
                  draft.put(
                      Path.of("canary"),
                      LongNode.valueOf(((Value.Percent) value).percent().longValueExact()),
                      "spec",
                      "predictor",
                      "canaryTrafficPercent"));
    }
  }

  private static void nodes(Draft draft, GpuPlan gpu) {
    Containers.nodes(draft.at("spec", "predictor"), gpu);
    draft.origin(Path.of("gpu"), "spec", "predictor", "nodeSelector");
    draft.origin(Path.of("gpu"), "spec", "predictor", "tolerations");
  }

  private static void workers(Draft draft, ParallelPlan parallel) {
    ObjectNode worker = draft.at("spec", "predictor", "workerSpec");
    worker
        .put("pipelineParallelSize", parallel.pipeline())
        .put("tensorParallelSize", parallel.tensor());
    for (String key : new String[] {"pipeline", "tensor"}) {
      draft.origin(
          Path.of("parallel", key), "spec", "predictor", "workerSpec", key + "ParallelSize");
    }
  }

  private static void batch(Draft draft, ModelPlan model) {
    var settings = model.settings();
    settings
        .whole("batch", "max")
        .ifPresent(
            max ->
                draft.put(
                    Path.of("batch", "max"),
                    LongNode.valueOf(max),
                    "spec",
                    "predictor",
                    "batcher",
                    "maxBatchSize"));
    settings
        .duration("batch", "delay")
        .ifPresent(
            delay ->
                draft.put(
                    Path.of("batch", "delay"),
                    LongNode.valueOf(delay),
                    "spec",
                    "predictor",
                    "batcher",
                    "maxLatency"));
  }

  private static void log(Draft draft, ModelPlan model) {
    var settings = model.settings();
    settings
        .text("log", "to")
        .ifPresent(
            url -> {
              String mode = settings.text("log", "mode").orElse("both");
              draft.put(
                  Path.of("log", "mode"),
                  mode.equals("both") ? "all" : mode,
                  "spec",
                  "predictor",
                  "logger",
                  "mode");
              draft.put(Path.of("log", "to"), url, "spec", "predictor", "logger", "url");
              settings
                  .value(Path.of("log", "sample"))
                  .ifPresent(
                      value ->
                          draft.put(
                              Path.of("log", "sample"),
                              share((Value.Percent) value),
                              "metadata",
                              "annotations",
                              LOG_SAMPLE));
            });
  }

  private static String share(Value.Percent percent) {
    return percent.percent().movePointLeft(2).stripTrailingZeros().toPlainString();
  }

  private static void model(Draft draft, ModelPlan model, Optional<String> storageUri) {
    String[] at = {"spec", "predictor", "model"};
    ObjectNode container = draft.at(at);
    Containers.process(draft, container, at);
    model
        .settings()
        .text("image")
        .ifPresent(
            image -> draft.put(Path.of("image"), image, "spec", "predictor", "model", "image"));
    ObjectNode format = container.putObject("modelFormat");
    model.format().ifPresent(name -> format.put("name", name));
    model.settings().text("format-version").ifPresent(version -> format.put("version", version));
    draft.origin(Path.of("format"), "spec", "predictor", "model", "modelFormat", "name");
    draft.put(Path.of("wire"), model.wire(), "spec", "predictor", "model", "protocolVersion");
    resources(draft, container, model.cpu(), model.memory(), model.gpu());
    model
        .runtime()
        .ifPresent(
            runtime ->
                draft.put(
                    Path.of("on"), runtime.objectName(), "spec", "predictor", "model", "runtime"));
    Storages.write(draft, model, storageUri);
    warmUp(draft, container);
  }

  /** A request in the V1 form, for Salver's own server: a row for each entry of the inputs. */
  private static void warmUp(Draft draft, ObjectNode container) {
    var inputs = draft.settings().below("warm-up");
    if (inputs.isEmpty()) {
      return;
    }
    ObjectNode request = Json.object();
    ArrayNode rows = request.putArray("instances");
    inputs.forEach(
        (path, value) -> {
          List<Value.Located> column = ((Value.Items) value).items();
          for (int i = 0; i < column.size(); i++) {
            ObjectNode row = rows.get(i) instanceof ObjectNode there ? there : rows.addObject();
            row.set(path.first(), Raw.json(column.get(i).value()));
          }
        });
    ArrayNode env =
        container.get("env") instanceof ArrayNode there ? there : container.putArray("env");
    env.addObject().put("name", WARM_UP).put("value", Json.write(request));
  }

  private static void resources(
      Draft draft, ObjectNode container, Ends cpu, Ends memory, Optional<GpuPlan> gpu) {
    ObjectNode resources = Containers.resources(cpu, memory, gpu);
    if (!resources.isEmpty()) {
      container.set("resources", resources);
    }
    for (String key : new String[] {"limits", "requests"}) {
      draft.origin(Path.of("cpu"), "spec", "predictor", "model", "resources", key, "cpu");
      draft.origin(Path.of("memory"), "spec", "predictor", "model", "resources", key, "memory");
    }
  }

  /** A server of one's own; KServe's defaults for its resources are written out. */
  private static void server(Draft draft, ModelPlan model, Optional<String> storageUri) {
    ObjectNode container = draft.at("spec", "predictor").putArray("containers").addObject();
    container.put("name", "kserve-container");
    model.settings().text("image").ifPresent(image -> container.put("image", image));
    draft.origin(Path.of("image"), "spec", "predictor", "containers", "0", "image");
    Containers.process(draft, container, "spec", "predictor", "containers", "0");
    ArrayNode env =
        container.get("env") instanceof ArrayNode there ? there : container.putArray("env");
    if (model.storage().mounts().isEmpty()) {
      storageUri.ifPresent(uri -> env.addObject().put("name", "STORAGE_URI").put("value", uri));
    } else {
      Storages.write(draft, model, storageUri);
    }
    draft.origin(Path.of("from"), "spec", "predictor", "containers", "0", "env");
    if (model.wire().equals("v1") || model.wire().equals("v2")) {
      env.addObject().put("name", "PROTOCOL").put("value", model.wire());
    }
    if (env.isEmpty()) {
      container.remove("env");
    }
    Containers.port(container, model.settings().whole("port").orElse(8080L));
    Ends cpu = or(model.cpu(), new Value.Plain(BigDecimal.ONE), draft, "cpu");
    Ends memory =
        or(model.memory(), new Value.Size(BigDecimal.valueOf(2L << 30), "2Gi"), draft, "memory");
    container.set("resources", Containers.resources(cpu, memory, model.gpu()));
  }

  private static Ends or(Ends ends, Value standard, Draft draft, String key) {
    boolean unset = draft.settings().leaf(Path.of(key)).isEmpty();
    return unset ? new Ends(Optional.of(standard), Optional.of(standard)) : ends;
  }
}
