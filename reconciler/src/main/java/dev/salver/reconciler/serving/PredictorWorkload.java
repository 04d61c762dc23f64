package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Keys;
import dev.salver.kube.kserve.Names;
import dev.salver.kube.kserve.RuntimeDefaults;
import dev.salver.kube.kserve.RuntimeMerge;
import dev.salver.kube.kserve.RuntimeSelection;
import dev.salver.kube.kserve.ServingRuntime;
import dev.salver.kube.kserve.Shapes;
import dev.salver.kube.kserve.StorageRules;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The predictor's workload: a runtime with the service's model, or the service's containers. */
final class PredictorWorkload {
  /** The workload, the runtime it took, and the service with what the runtime added to it. */
  record Built(Workload workload, Optional<ServingRuntime> runtime, InferenceService service) {}

  private PredictorWorkload() {}

  static Attempt<Built> build(Job job) {
    InferenceService service = job.service();
    Component predictor = service.predictor();
    Optional<String> unsupported = predictor.storageUri().flatMap(StorageRules::unsupported);
    if (unsupported.isPresent()) {
      return Attempt.failed(Failure.of("StorageUriNotSupported", unsupported.get()));
    }
    if (predictor.storageUri().isPresent() && predictor.block().path("storage").has("path")) {
      return Attempt.failed(
          Failure.of("InvalidStorage", "must provide only one of storageUri and storage.path"));
    }
    if (predictor.custom()) {
      return custom(job, predictor);
    }
    if (!service.model().isObject()) {
      return Attempt.failed(Failure.ofSpec("the predictor has neither a model nor containers"));
    }
    return switch (RuntimeSelection.select(service, job.runtimes())) {
      case RuntimeSelection.Selection.None none -> Attempt.failed(noRuntime(none));
      case RuntimeSelection.Selection.Chosen chosen -> model(job, asKnown(chosen.runtime(), job));
    };
  }

  /**
   * KServe looks a chosen runtime up again by its name, and a namespace's own hides the cluster's:
   * scope and annotations are then those of the namespace's, the spec stays the chosen one's.
   */
  private static ServingRuntime asKnown(ServingRuntime chosen, Job job) {
    ServingRuntime known =
        job.runtimes().named(chosen.name(), job.service().namespace()).orElse(chosen);
    if (known.clusterScoped() == chosen.clusterScoped()) {
      return chosen;
    }
    KubeObject both = known.object().copy();
    both.tree().set("spec", chosen.object().spec().deepCopy());
    return new ServingRuntime(both);
  }

  private static Attempt<Built> model(Job job, ServingRuntime runtime) {
    Optional<String> misshapen = Shapes.problem(runtime.object().spec());
    if (misshapen.isPresent()) {
      return Attempt.failed(Failure.ofSpec("runtime " + runtime.name() + ": " + misshapen.get()));
    }
    InferenceService service = RuntimeDefaults.apply(job.service(), runtime);
    return switch (RuntimeMerge.merge(service, runtime)) {
      case RuntimeMerge.Merged.Impossible(String message, String detail) ->
          Attempt.failed(Failure.ofSpec(message, detail));
      case RuntimeMerge.Merged.Pod(ObjectNode pod) ->
          Attempt.done(built(job.with(service), Optional.of(runtime), pod));
    };
  }

  private static Attempt<Built> custom(Job job, Component predictor) {
    ObjectNode pod = Trees.copy(predictor.podSpec());
    return PodEdits.container(pod, Keys.MAIN_CONTAINER).isPresent()
        ? Attempt.done(built(job, Optional.empty(), pod))
        : Attempt.failed(
            Failure.ofSpec(
                "no container of the predictor is named "
                    + Keys.MAIN_CONTAINER
                    + "; name the one that serves so"));
  }

  private static Built built(Job job, Optional<ServingRuntime> runtime, ObjectNode pod) {
    InferenceService service = job.service();
    Component predictor = service.predictor();
    for (JsonNode container : pod.path("containers")) {
      PodEdits.setEnv((ObjectNode) container, "INFERENCE_SERVICE_NAME", service.name());
    }
    boolean fetchesItself = runtime.map(ServingRuntime::fetchesItself).orElse(false);
    return new Built(
        new Workload(
            predictor,
            Names.workload(service.name(), predictor),
            ComponentMetadata.labels(service, predictor, ofRuntime(runtime, "labels")),
            ComponentMetadata.annotations(
                service, predictor, ofRuntime(runtime, "annotations"), fetchesItself, job.config()),
            pod,
            fetchesItself),
        runtime,
        service);
  }

  private static Map<String, String> ofRuntime(Optional<ServingRuntime> runtime, String field) {
    return runtime.map(r -> Trees.strings(r.object().spec().path(field))).orElse(Map.of());
  }

  private static Failure noRuntime(RuntimeSelection.Selection.None none) {
    String near =
        none.dropped().stream()
            .filter(RuntimeSelection.Dropped::hasFormat)
            .map(RuntimeSelection.Dropped::toString)
            .collect(Collectors.joining("; "));
    String more =
        !near.isEmpty()
            ? ". Passed over: " + near
            : none.dropped().isEmpty()
                ? ""
                : ". None of " + none.dropped().size() + " runtimes has the format";
    return new Failure(
        none.reason(),
        none.error() + more,
        none.error(),
        Optional.of(new Failure.OfModel(none.reason(), none.message())));
  }
}
