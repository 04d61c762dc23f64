package dev.salver.sandbox.controllers.workloads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.controllers.Controller;
import dev.salver.sandbox.controllers.Events;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Deployment → a ReplicaSet per template, sized step by step by the strategy. */
public final class DeploymentController implements Controller {
  static final String REVISION = "deployment.kubernetes.io/revision";

  private final Writer writer;
  private final Events events;
  private final Scheduler scheduler;

  public DeploymentController(Writer writer, Events events, Scheduler scheduler) {
    this.writer = writer;
    this.events = events;
    this.scheduler = scheduler;
  }

  @Override
  public String name() {
    return "deployment";
  }

  @Override
  public List<Source> sources() {
    return List.of(
        Source.of(ResourceTypes.DEPLOYMENT),
        Source.ownedBy(ResourceTypes.REPLICA_SET, ResourceTypes.DEPLOYMENT));
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    KubeObject deployment = writer.get(key).orElse(null);
    if (deployment == null || deployment.isBeingDeleted()) {
      return Optional.empty();
    }
    var sets = new ArrayList<>(writer.owned(ResourceTypes.REPLICA_SET, deployment));
    KubeObject found =
        sets.stream()
            .filter(
                set ->
                    PodTemplates.same(
                        set.spec().path("template"), deployment.spec().path("template")))
            .min(Comparator.comparing(KubeObject::name))
            .orElse(null);
    boolean paused = deployment.spec().path("paused").asBoolean();
    if (found == null && paused) {
      return Optional.empty();
    }
    KubeObject noted = ReplicaSets.numbered(deployment, found, sets);
    KubeObject annotated = writer.update(deployment, noted);
    KubeObject current = found;
    if (current == null) {
      if (mustWaitForOld(annotated, sets)) {
        return Optional.empty();
      }
      current = writer.create(ReplicaSets.make(annotated, taken(annotated)));
      int size = RollingUpdate.size(current);
      if (size > 0) {
        events.normal(
            annotated,
            "ScalingReplicaSet",
            "Scaled up replica set " + current.name() + " from 0 to " + size);
      }
    } else {
      current = writer.update(current, ReplicaSets.upToDate(annotated, current));
    }
    String name = current.name();
    List<KubeObject> old = sets.stream().filter(set -> !set.name().equals(name)).toList();
    current = scale(annotated, current, old, paused);
    List<KubeObject> left = old.stream().flatMap(set -> writer.get(set.key()).stream()).toList();
    var status = DeploymentStatus.of(annotated, current, found == null, left, scheduler.now());
    writer.status(annotated, status.tree());
    ReplicaSets.beyondHistory(annotated, left).forEach(writer::delete);
    return status.lookAgain();
  }

  /** Recreate: the old pods end before the new ones start. */
  private boolean mustWaitForOld(KubeObject deployment, List<KubeObject> old) {
    if (!ReplicaSets.isRecreate(deployment)) {
      return false;
    }
    boolean any = false;
    for (KubeObject set : old) {
      resize(deployment, set, 0);
      any |= set.status().path("replicas").asInt() > 0;
      any |= !writer.owned(ResourceTypes.POD, set).isEmpty();
    }
    return any;
  }

  private KubeObject scale(
      KubeObject deployment, KubeObject current, List<KubeObject> old, boolean paused) {
    var limits = RollingUpdate.Limits.of(deployment);
    Map<String, Integer> sizes = new LinkedHashMap<>();
    if (ReplicaSets.isRecreate(deployment) || paused) {
      sizes.put(current.name(), limits.wanted());
    } else {
      sizes.putAll(RollingUpdate.step(limits, current, old));
    }
    for (KubeObject set : old) {
      Integer size = sizes.get(set.name());
      if (size != null) {
        resize(deployment, set, size);
      }
    }
    Integer size = sizes.get(current.name());
    return size == null ? current : resize(deployment, current, size);
  }

  private KubeObject resize(KubeObject deployment, KubeObject set, int size) {
    int before = RollingUpdate.size(set);
    if (before == size) {
      return set;
    }
    KubeObject next = set.copy();
    ObjectNode spec = Trees.child(next.tree(), "spec");
    spec.put("replicas", size);
    events.normal(
        deployment,
        "ScalingReplicaSet",
        "Scaled "
            + (size > before ? "up" : "down")
            + " replica set "
            + set.name()
            + " from "
            + before
            + " to "
            + size);
    return writer.update(set, next);
  }

  /** How many hashes of this template are in use by something else. */
  private int taken(KubeObject deployment) {
    int collisions = 0;
    while (writer
        .get(
            ResourceTypes.REPLICA_SET,
            deployment.namespace(),
            ReplicaSets.name(deployment, collisions))
        .isPresent()) {
      collisions++;
    }
    return collisions;
  }
}
