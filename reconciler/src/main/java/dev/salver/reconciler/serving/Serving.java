package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.kserve.Admission;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.Defaulting;
import dev.salver.kube.kserve.DeploymentMode;
import dev.salver.kube.kserve.InferenceService;
import dev.salver.kube.kserve.Runtimes;
import dev.salver.kube.kserve.ServingConfig;
import dev.salver.kube.kserve.ServingRuntime;
import dev.salver.kube.kserve.Shapes;
import dev.salver.reconciler.serving.Conditions.Condition;
import dev.salver.reconciler.serving.Rendering.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an InferenceService becomes. The one entry point of this package. */
public final class Serving {
  private static final String INITIAL_SCALE = "autoscaling.knative.dev/initial-scale";

  private Serving() {}

  /**
   * Children, status and events of a service, as KServe's controller would have them after the
   * cluster was observed.
   *
   * @param isvc as stored, its last status in it; KServe's webhooks need not have gone over it
   */
  public static Rendering render(
      KubeObject isvc,
      Runtimes runtimes,
      ServingConfig config,
      Features features,
      Observed observed) {
    Optional<String> misshapen = Shapes.problem(isvc.spec());
    if (misshapen.isPresent()) {
      var asGiven = new InferenceService(isvc);
      DeploymentMode wanted = DeploymentMode.of(asGiven, config);
      return new Outcome(new Job(asGiven, wanted, runtimes, config, features, observed))
          .failed(Failure.ofSpec(misshapen.get()));
    }
    var defaulted = new InferenceService(Defaulting.apply(isvc, config));
    DeploymentMode mode = DeploymentMode.of(defaulted, config);
    InferenceService service =
        mode == DeploymentMode.KNATIVE ? withScale(defaulted, features) : defaulted;
    var job = new Job(service, mode, runtimes, config, features, observed);
    Optional<String> refusal = Admission.refusal(service.object());
    if (refusal.isPresent()) {
      return new Outcome(job).failed(Failure.ofSpec(refusal.get()));
    }
    if (mode == DeploymentMode.MODEL_MESH) {
      return new Outcome(job)
          .failed(
              Failure.of(
                  "ModeNotCarried", "mode ModelMesh is not rendered; use Standard or Knative"));
    }
    if (mode == DeploymentMode.KNATIVE && !features.knative()) {
      return rejected(job);
    }
    Optional<Failure> notCarried = notCarried(service);
    if (notCarried.isPresent()) {
      return new Outcome(job).failed(notCarried.get());
    }
    return switch (PredictorWorkload.build(job)) {
      case Attempt.Failed<PredictorWorkload.Built>(Failure failure) ->
          new Outcome(job).failed(failure);
      case Attempt.Done<PredictorWorkload.Built>(PredictorWorkload.Built built) ->
          built(job.with(built.service()), built);
    };
  }

  private static Rendering built(Job job, PredictorWorkload.Built built) {
    var outcome = new Outcome(job);
    built.runtime().ifPresent(runtime -> named(outcome.status, runtime));
    if (job.service().stopped()) {
      return outcome.stopped();
    }
    outcome.conditions.set("Stopped", Condition.no("", ""));
    var workloads = new ArrayList<Workload>(List.of(built.workload()));
    for (Optional<Component> side :
        List.of(job.service().transformer(), job.service().explainer())) {
      if (side.isPresent()) {
        switch (SideWorkload.build(job, side.get())) {
          case Attempt.Failed<Workload>(Failure failure) -> {
            return outcome.failed(failure);
          }
          case Attempt.Done<Workload>(Workload workload) -> workloads.add(workload);
        }
      }
    }
    return job.mode() == DeploymentMode.STANDARD
        ? StandardMode.render(job, workloads, outcome)
        : KnativeMode.render(job, workloads, outcome);
  }

  /** An initial scale that Knative would not take is left out, as KServe does. */
  private static InferenceService withScale(InferenceService service, Features features) {
    String initial = service.annotations().get(INITIAL_SCALE);
    if (initial == null
        || (initial.matches("[+-]?\\d{1,9}")
            && (features.zeroInitialScale() || Integer.parseInt(initial) != 0))) {
      return service;
    }
    KubeObject copy = service.object().copy();
    copy.tree()
        .withObjectProperty("metadata")
        .withObjectProperty("annotations")
        .remove(INITIAL_SCALE);
    return new InferenceService(copy);
  }

  private static void named(ObjectNode status, ServingRuntime runtime) {
    status.remove(List.of("servingRuntimeName", "clusterServingRuntimeName"));
    status.put(
        runtime.clusterScoped() ? "clusterServingRuntimeName" : "servingRuntimeName",
        runtime.name());
  }

  private static Rendering rejected(Job job) {
    String message =
        "It is not possible to use Knative deployment mode when Knative Services are not available";
    var outcome = new Outcome(job);
    Rendering failed = outcome.failed(Failure.of("ServerlessModeRejected", message));
    return new Rendering(
        failed.children(),
        failed.status(),
        List.of(new Notice("Warning", "ServerlessModeRejected", message)),
        failed.lookAgain(),
        failed.prune());
  }

  /** Parts of KServe's API that are refused rather than passed over. */
  private static Optional<Failure> notCarried(InferenceService service) {
    var predictor = service.predictor().spec();
    if (predictor.path("workerSpec").isObject()) {
      return Optional.of(
          Failure.of(
              "MultiNodeNotCarried",
              "predictor.workerSpec (several nodes) is not rendered by Salver"));
    }
    if (!service.object().spec().path("canary").isEmpty()) {
      return Optional.of(
          Failure.of(
              "CanaryListNotCarried",
              "spec.canary is not rendered by Salver; use a Rollout, or canaryTrafficPercent in"
                  + " Knative mode"));
    }
    if (service.predictor().block().path("confidential").path("enabled").asBoolean()) {
      return Optional.of(
          Failure.of(
              "ConfidentialNotCarried", "confidential model serving is not rendered by Salver"));
    }
    return Optional.empty();
  }
}
