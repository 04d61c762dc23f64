package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.check.GpuPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.ParallelPlan;
import dev.salver.compiler.overlay.Path;
import dev.salver.kube.Gvk;
import java.util.Optional;

/**
 * A model as an LLMInferenceService, which KServe's presets complete: the container {@code main}
 * and, for several nodes, workers. Arguments reach vLLM by a variable, since the presets own the
 * command line (KServe v0.20).
 */
final class LlmInferenceServices {
  private static final Gvk GVK = new Gvk("serving.kserve.io", "v1alpha2", "LLMInferenceService");
  private static final String ARGUMENTS = "VLLM_ADDITIONAL_ARGS";

  private LlmInferenceServices() {}

  static Manifest of(ModelPlan model, String namespace, Optional<String> uri) {
    var draft = new Draft(GVK, namespace, model.name(), model.settings());
    draft.texts("labels", "metadata", "labels");
    draft.texts("annotations", "metadata", "annotations");
    uri.ifPresent(source -> draft.put(Path.of("from"), source, "spec", "model", "uri"));
    draft.at("spec", "model").put("name", model.name());
    model
        .scaling()
        .max()
        .ifPresent(
            count ->
                draft.put(
                    Path.of("scale", "replicas"), IntNode.valueOf(count), "spec", "replicas"));
    model.parallel().ifPresent(parallel -> parallel(draft, parallel));
    template(draft, model, "template");
    if (model.parallel().filter(parallel -> parallel.nodes() > 1).isPresent()) {
      template(draft, model, "worker");
    }
    router(draft, model);
    return draft.finish();
  }

  private static void parallel(Draft draft, ParallelPlan parallel) {
    ObjectNode node = draft.at("spec", "parallelism");
    node.put("pipeline", parallel.pipeline()).put("tensor", parallel.tensor());
    draft.origin(Path.of("parallel", "pipeline"), "spec", "parallelism", "pipeline");
    draft.origin(Path.of("parallel", "tensor"), "spec", "parallelism", "tensor");
  }

  private static void template(Draft draft, ModelPlan model, String key) {
    ObjectNode pod = draft.at("spec", key);
    ObjectNode container = pod.putArray("containers").addObject();
    container.put("name", "main");
    model.settings().text("image").ifPresent(image -> container.put("image", image));
    Containers.process(draft, container, "spec", key, "containers", "0");
    if (container.remove("args") instanceof ArrayNode args) {
      var line = new StringBuilder();
      args.forEach(each -> line.append(line.isEmpty() ? "" : " ").append(each.asText()));
      ArrayNode env =
          container.get("env") instanceof ArrayNode there ? there : container.putArray("env");
      env.addObject().put("name", ARGUMENTS).put("value", line.toString());
    }
    ObjectNode resources = Containers.resources(model.cpu(), model.memory(), model.gpu());
    if (!resources.isEmpty()) {
      container.set("resources", resources);
    }
    model
        .settings()
        .text("identity")
        .ifPresent(
            account -> draft.put(Path.of("identity"), account, "spec", key, "serviceAccountName"));
    model.gpu().ifPresent(gpu -> nodes(draft, pod, gpu, key));
  }

  private static void nodes(Draft draft, ObjectNode pod, GpuPlan gpu, String key) {
    Containers.nodes(pod, gpu);
    draft.origin(Path.of("gpu"), "spec", key, "nodeSelector");
    draft.origin(Path.of("gpu"), "spec", key, "tolerations");
  }

  /** The scheduler spreads requests; the gateway is what makes the service public. */
  private static void router(Draft draft, ModelPlan model) {
    ObjectNode router = draft.at("spec", "router");
    router.putObject("scheduler");
    if (model.settings().text("expose").filter("cluster"::equals).isEmpty()) {
      router.putObject("gateway");
      router.putObject("route");
    }
    draft.origin(Path.of("expose"), "spec", "router");
  }
}
