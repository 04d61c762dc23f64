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
        Source.labelled(
            ResourceTypes.DEPLOYMENT, KnativeNames.REVISION, ResourceTypes.POD_AUTOSCALER),
        Source.labelled(ResourceTypes.POD, KnativeNames.REVISION, ResourceTypes.POD_AUTOSCALER));
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    KubeObject autoscaler = writer.get(key).orElse(null);
    if (autoscaler == null || autoscaler.isBeingDeleted()) {
      return Optional.empty();
    }
    for (KubeObject service : AutoscalerServices.make(autoscaler)) {
      if (writer.get(service.key()).isEmpty()) {
        writer.create(service);
      }
    }
    var status = new AutoscalerStatus(autoscaler, scheduler.now());
    AutoscalerStatus.Scale scale = status.scale();
    if (scale.apply().isPresent()) {
      apply(autoscaler, scale.apply().getAsInt());
    }
    writer.status(autoscaler, status.finish(scale.want(), readyPods(autoscaler)));
    return Optional.of(scale.lookAgain()).filter(Duration::isPositive);
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
