package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.controllers.Controller;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** PodAutoscaler → the Deployment's replicas and the revision's Services. */
public final class AutoscalerController implements Controller {
  private final Writer writer;
  private final Scheduler scheduler;

  public AutoscalerController(Writer writer, Scheduler scheduler) {
    this.writer = writer;
    this.scheduler = scheduler;
  }

  @Override
  public String name() {
    return "knative autoscaler";
  }

  @Override
  public List<Source> sources() {
    return List.of(
        Source.of(ResourceTypes.POD_AUTOSCALER),
        Source.of(ResourceTypes.CONFIGURATION),
        Source.labelled(
            ResourceTypes.DEPLOYMENT, KnativeNames.REVISION, ResourceTypes.POD_AUTOSCALER),
        Source.labelled(ResourceTypes.POD, KnativeNames.REVISION, ResourceTypes.POD_AUTOSCALER));
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    if (key.gvk().equals(ResourceTypes.CONFIGURATION.gvk())) {
      movedOn(key, wake);
      return Optional.empty();
    }
    KubeObject autoscaler = writer.get(key).orElse(null);
    if (autoscaler == null || autoscaler.isBeingDeleted()) {
      return Optional.empty();
    }
    for (KubeObject service : AutoscalerServices.make(autoscaler)) {
      if (writer.get(service.key()).isEmpty()) {
        writer.create(service);
      }
    }
    var status = new AutoscalerStatus(autoscaler, isGivenUp(autoscaler), scheduler.now());
    AutoscalerStatus.Scale scale = status.scale();
    if (scale.apply().isPresent()) {
      apply(autoscaler, scale.apply().getAsInt());
    }
    writer.status(autoscaler, status.finish(scale.want(), readyPods(autoscaler)));
    return Optional.of(scale.lookAgain()).filter(Duration::isPositive);
  }

  /** A newer revision may be the end of older ones that never came up. */
  private void movedOn(ObjectKey configuration, Consumer<ObjectKey> wake) {
    writer
        .list(
            ResourceTypes.POD_AUTOSCALER,
            configuration.namespace(),
            Map.of(KnativeNames.CONFIGURATION, configuration.name()))
        .forEach(autoscaler -> wake.accept(autoscaler.key()));
  }

  /**
   * Whether nobody waits for a revision any more: it failed, was never ready, no route names it and
   * a newer one exists. A stock Knative keeps its pods until the progress deadline; on one machine
   * they would crash and start again for ten minutes beside what replaced them.
   */
  private boolean isGivenUp(KubeObject autoscaler) {
    if (autoscaler.is(AutoscalerStatus.SCALE_TARGET_INITIALIZED)) {
      return false;
    }
    KubeObject revision =
        writer.get(ResourceTypes.REVISION, autoscaler.namespace(), autoscaler.name()).orElse(null);
    if (revision == null
        || revision.label(KnativeNames.ROUTING_STATE).orElse("").equals("active")
        || !revision.condition(Conditions.READY).path("status").asText().equals("False")) {
      return false;
    }
    String latest =
        revision
            .label(KnativeNames.CONFIGURATION)
            .flatMap(name -> writer.get(ResourceTypes.CONFIGURATION, autoscaler.namespace(), name))
            .map(found -> found.status().path("latestCreatedRevisionName").asText())
            .orElse("");
    return !latest.isEmpty() && !latest.equals(revision.name());
  }

  private void apply(KubeObject autoscaler, int replicas) {
    String name = autoscaler.spec().path("scaleTargetRef").path("name").asText();
    KubeObject deployment =
        writer.get(ResourceTypes.DEPLOYMENT, autoscaler.namespace(), name).orElse(null);
    if (deployment == null || deployment.spec().path("replicas").asInt(1) == replicas) {
      return;
    }
    KubeObject next = deployment.copy();
    ObjectNode spec = Trees.child(next.tree(), "spec");
    spec.put("replicas", replicas);
    writer.update(deployment, next);
  }

  private int readyPods(KubeObject autoscaler) {
    String revision = autoscaler.label(KnativeNames.REVISION).orElse(autoscaler.name());
    return (int)
        writer
            .list(
                ResourceTypes.POD, autoscaler.namespace(), Map.of(KnativeNames.REVISION, revision))
            .stream()
            .filter(pod -> !pod.isBeingDeleted() && pod.is("Ready"))
            .count();
  }
}
