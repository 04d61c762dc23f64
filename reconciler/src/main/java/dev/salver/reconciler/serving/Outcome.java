package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.DeploymentMode;
import dev.salver.reconciler.serving.Conditions.Condition;
import dev.salver.reconciler.serving.Rendering.Notice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A rendering in the making: the children so far, the conditions so far, and a status that begins
 * as the last one.
 */
final class Outcome {
  final List<KubeObject> children = new ArrayList<>();
  final List<Notice> events = new ArrayList<>();
  final Conditions conditions = new Conditions();
  final ObjectNode status;
  private final Job job;
  private final JsonNode before;
  private boolean prune = true;

  Outcome(Job job) {
    this.job = job;
    before = job.service().object().status();
    status = Trees.copy(before);
    status.remove(List.of("conditions", "modelStatus", "canaryStatuses"));
    status.put("deploymentMode", job.mode().word());
    status.put("observedGeneration", job.service().object().generation());
  }

  JsonNode before() {
    return before;
  }

  /** The status of a component, to be filled. */
  ObjectNode component(String name) {
    return status.withObjectProperty("components").withObjectProperty(name);
  }

  /**
   * What a pod says about itself explains a predictor that is not ready.
   *
   * @param otherwise how the predictor stands where no condition says it
   */
  void diagnose(List<KubeObject> pods, Condition otherwise) {
    Condition now = conditions.get("PredictorReady").orElse(otherwise);
    if (!now.isTrue()) {
      Diagnosis.of(pods)
          .ifPresent(
              found ->
                  conditions.set(
                      "PredictorReady",
                      new Condition(now.status(), found.reason(), found.message())));
    }
  }

  /** Nothing can be rendered; what ran before goes on and is not deleted. */
  Rendering failed(Failure failure) {
    prune = false;
    children.clear();
    conditions.drop("Stopped");
    conditions.set("PredictorReady", Condition.no(failure.reason(), failure.message()));
    events.add(new Notice("Warning", "InternalError", failure.event()));
    status.set("modelStatus", ModelState.invalid(before.path("modelStatus"), failure));
    return finished();
  }

  /** Everything is taken down because its owner asked for it. */
  Rendering stopped() {
    for (String type : List.of("PredictorReady", "IngressReady")) {
      conditions.set(type, Condition.no("Stopped", ""));
    }
    job.service()
        .transformer()
        .ifPresent(t -> conditions.set("TransformerReady", Condition.no("Stopped", "")));
    job.service()
        .explainer()
        .ifPresent(e -> conditions.set("ExplainerReady", Condition.no("Stopped", "")));
    conditions.set("Stopped", Condition.TRUE);
    status.remove(List.of("url", "address", "components"));
    status.putObject("modelStatus").put("transitionStatus", "");
    return finished();
  }

  Rendering finished() {
    status.set("conditions", conditions.write(before.path("conditions")));
    boolean wasReady = job.service().object().is("Ready");
    Condition ready = conditions.ready();
    String name = "InferenceService [" + job.service().name() + "]";
    if (!wasReady && ready.isTrue()) {
      events.add(new Notice("Normal", "InferenceServiceReady", name + " is Ready"));
    } else if (wasReady && ready.status().equals("False")) {
      events.add(
          new Notice(
              "Warning",
              "InferenceServiceNotReady",
              name + " is no longer Ready because of: " + because()));
    }
    return new Rendering(
        List.copyOf(children), status, List.copyOf(events), Optional.empty(), prune);
  }

  private String because() {
    var types = new ArrayList<String>();
    for (String type : List.of("IngressReady", "PredictorReady")) {
      if (conditions.get(type).map(c -> c.status().equals("False")).orElse(false)) {
        types.add(type);
      }
    }
    if (job.mode() == DeploymentMode.KNATIVE) {
      for (String type : List.of("PredictorConfigurationReady", "PredictorRouteReady")) {
        if (conditions.get(type).map(c -> c.status().equals("False")).orElse(false)) {
          types.add(type);
        }
      }
    }
    return String.join(", ", types);
  }
}
