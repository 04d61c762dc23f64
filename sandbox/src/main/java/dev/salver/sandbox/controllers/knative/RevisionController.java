package dev.salver.sandbox.controllers.knative;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.controllers.Controller;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Revision → Deployment and PodAutoscaler, and what became of them. */
public final class RevisionController implements Controller {
  private final Writer writer;
  private final Scheduler scheduler;

  public RevisionController(Writer writer, Scheduler scheduler) {
    this.writer = writer;
    this.scheduler = scheduler;
  }

  @Override
  public String name() {
    return "knative revision";
  }

  @Override
  public List<Source> sources() {
    return List.of(
        Source.of(ResourceTypes.REVISION),
        Source.ownedBy(ResourceTypes.DEPLOYMENT, ResourceTypes.REVISION),
        Source.ownedBy(ResourceTypes.POD_AUTOSCALER, ResourceTypes.REVISION),
        Source.labelled(ResourceTypes.POD, KnativeNames.REVISION, ResourceTypes.REVISION));
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    KubeObject revision = writer.get(key).orElse(null);
    if (revision == null || revision.isBeingDeleted()) {
      return Optional.empty();
    }
    var status = new RevisionStatus(revision);
    deployment(revision, status).ifPresent(deployment -> autoscaler(revision, deployment, status));
    writer.status(revision, status.finish(scheduler.now()));
    return Optional.empty();
  }

  private Optional<KubeObject> deployment(KubeObject revision, RevisionStatus status) {
    KubeObject wanted = RevisionDeployment.make(revision);
    KubeObject found =
        writer.get(ResourceTypes.DEPLOYMENT, revision.namespace(), wanted.name()).orElse(null);
    if (found == null) {
      status.deploymentCreated();
      return Optional.of(writer.create(wanted));
    }
    if (!Writer.controls(revision, found)) {
      status.notOwned("Deployment", found.name());
      return Optional.empty();
    }
    KubeObject deployment = upToDate(found, wanted);
    status.deployment(
        deployment,
        writer.list(
            ResourceTypes.POD,
            revision.namespace(),
            Map.of(KnativeNames.REVISION_UID, revision.uid())));
    return Optional.of(deployment);
  }

  /** The scale is the autoscaler's and the selector never changes; others' metadata stays. */
  private KubeObject upToDate(KubeObject found, KubeObject wanted) {
    if (found
        .label(KnativeNames.DEPLOYMENT_HASH)
        .equals(wanted.label(KnativeNames.DEPLOYMENT_HASH))) {
      return found;
    }
    KubeObject next = wanted.copy();
    var spec = Trees.child(next.tree(), "spec");
    spec.set("replicas", found.spec().path("replicas"));
    spec.set("selector", found.spec().path("selector"));
    var metadata = Trees.child(next.tree(), "metadata");
    Trees.putAll(metadata, "labels", others(found.labels(), wanted.labels()));
    Trees.putAll(metadata, "annotations", others(found.annotations(), wanted.annotations()));
    return writer.update(found, next);
  }

  private static Map<String, String> others(Map<String, String> found, Map<String, String> wanted) {
    var result = new LinkedHashMap<>(found);
    result.keySet().removeIf(key -> key.equals("app") || key.contains("knative.dev/"));
    result.putAll(wanted);
    return result;
  }

  private void autoscaler(KubeObject revision, KubeObject deployment, RevisionStatus status) {
    KubeObject found =
        writer
            .get(ResourceTypes.POD_AUTOSCALER, revision.namespace(), revision.name())
            .orElse(null);
    if (found == null) {
      KubeObject made =
          writer.create(RevisionAutoscaler.make(revision, status.conditions(), deployment));
      status.autoscaler(made);
      return;
    }
    if (!Writer.controls(revision, found)) {
      status.notOwned("PodAutoscaler", found.name());
      return;
    }
    status.autoscaler(found);
    KubeObject wanted = RevisionAutoscaler.make(revision, status.conditions(), deployment);
    var metadata = Trees.child(wanted.tree(), "metadata");
    Trees.putAll(metadata, "annotations", others(found.annotations(), wanted.annotations()));
    writer.update(found, wanted);
  }
}
