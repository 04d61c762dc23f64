package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Keys;
import dev.salver.kube.kserve.Names;
import dev.salver.kube.kserve.StorageRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A transformer's or an explainer's workload: its first container is told where to predict. */
final class SideWorkload {
  private SideWorkload() {}

  static Attempt<Workload> build(Job job, Component component) {
    Optional<String> unsupported = component.storageUri().flatMap(StorageRules::unsupported);
    if (unsupported.isPresent()) {
      return Attempt.failed(Failure.of("StorageUriNotSupported", unsupported.get()));
    }
    InferenceService service = job.service();
    ObjectNode pod = Trees.copy(component.podSpec());
    boolean art = !component.custom();
    ObjectNode container = art ? art(job, component) : (ObjectNode) pod.at("/containers/0");
    if (art) {
      pod.putArray("containers").add(container);
    } else {
      arguments(container, job, component);
    }
    if (component.kind() == Component.Kind.TRANSFORMER) {
      PodEdits.setEnv(container, "INFERENCE_SERVICE_NAME", service.name());
    }
    return Attempt.done(
        new Workload(
            component,
            Names.workload(service.name(), component),
            ComponentMetadata.labels(service, component, Map.of()),
            ComponentMetadata.annotations(service, component, Map.of(), false, job.config()),
            pod,
            false));
  }

  private static void arguments(ObjectNode container, Job job, Component component) {
    boolean explainer = component.kind() == Component.Kind.EXPLAINER;
    var given = container.path("args").deepCopy();
    if (!PodEdits.hasArgument(given, "--model_name")) {
      PodEdits.addArguments(container, List.of("--model_name", job.service().name()));
    }
    if (!PodEdits.hasArgument(given, "--predictor_host")) {
      PodEdits.addArguments(container, List.of("--predictor_host", predictorHost(job)));
    }
    if (explainer || !PodEdits.hasArgument(given, "--http_port")) {
      PodEdits.addArguments(container, List.of("--http_port", String.valueOf(Keys.HTTP_PORT)));
    }
    if (!PodEdits.hasArgument(given, "--workers")) {
      component
          .containerConcurrency()
          .ifPresent(
              workers ->
                  PodEdits.addArguments(container, List.of("--workers", String.valueOf(workers))));
    }
  }

  /** KServe's one built-in explainer, the Adversarial Robustness Toolbox. */
  private static ObjectNode art(Job job, Component component) {
    ObjectNode container = Trees.copy(component.spec().path("art"));
    var args = new ArrayList<String>();
    args.addAll(List.of("--model_name", job.service().name()));
    args.addAll(List.of("--http_port", String.valueOf(Keys.HTTP_PORT)));
    if (!PodEdits.hasArgument(container.path("args"), "--predictor_host")) {
      args.addAll(List.of("--predictor_host", predictorHost(job)));
    }
    if (!PodEdits.hasArgument(container.path("args"), "--workers")) {
      component
          .containerConcurrency()
          .ifPresent(workers -> args.addAll(List.of("--workers", String.valueOf(workers))));
    }
    if (component.storageUri().isPresent()) {
      args.addAll(List.of("--storage_uri", Keys.MODEL_PATH));
    }
    args.addAll(List.of("--adversary_type", container.path("type").asText()));
    new TreeMap<>(Trees.strings(container.path("config")))
        .forEach((key, value) -> args.addAll(List.of("--" + key, value)));
    args.addAll(Trees.texts(container.path("args")));
    if (container.path("image").asText().isEmpty()) {
      container.put(
          "image",
          job.config().section("explainers").path("art").path("image").asText()
              + ":"
              + container.path("runtimeVersion").asText());
    }
    container.remove(List.of("type", "storageUri", "runtimeVersion", "config", "storage"));
    container.put("name", Keys.MAIN_CONTAINER);
    container.set("args", Trees.list(args));
    return container;
  }

  private static String predictorHost(Job job) {
    InferenceService service = job.service();
    return Names.workload(service.name(), service.predictor()) + "." + service.namespace();
  }
}
