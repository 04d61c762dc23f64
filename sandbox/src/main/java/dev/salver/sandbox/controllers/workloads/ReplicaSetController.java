package dev.salver.sandbox.controllers.workloads;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.sandbox.controllers.Controller;
import dev.salver.sandbox.controllers.Events;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** ReplicaSet → as many pods as it says, those that ended replaced. */
public final class ReplicaSetController implements Controller {
  /** How many pods one pass starts or ends; the next pass goes on. */
  private static final int BURST = 100;

  private final Writer writer;
  private final Events events;
  private final Scheduler scheduler;

  public ReplicaSetController(Writer writer, Events events, Scheduler scheduler) {
    this.writer = writer;
    this.events = events;
    this.scheduler = scheduler;
  }

  @Override
  public String name() {
    return "replica set";
  }

  @Override
  public List<Source> sources() {
    return List.of(
        Source.of(ResourceTypes.REPLICA_SET),
        Source.ownedBy(ResourceTypes.POD, ResourceTypes.REPLICA_SET));
  }

  @Override
  public Optional<Duration> reconcile(ObjectKey key, Consumer<ObjectKey> wake) {
    KubeObject set = writer.get(key).orElse(null);
    if (set == null || set.isBeingDeleted()) {
      return Optional.empty();
    }
    scale(set, alive(set));
    List<KubeObject> pods = alive(set);
    long minReady = set.spec().path("minReadySeconds").asLong();
    Instant now = scheduler.now();
    writer.status(set, status(set, pods, minReady, now));
    return pods.stream()
        .filter(Pods::isReady)
        .map(pod -> Pods.untilAvailable(pod, minReady, now))
        .filter(Duration::isPositive)
        .min(Duration::compareTo);
  }

  /** Ended pods are taken away, so that what is left is what counts. */
  private List<KubeObject> alive(KubeObject set) {
    List<KubeObject> pods =
        writer.owned(ResourceTypes.POD, set).stream()
            .filter(pod -> LabelSelectors.matches(set.spec().path("selector"), pod.labels()))
            .filter(pod -> !pod.isBeingDeleted())
            .toList();
    pods.stream().filter(Pods::isOver).forEach(writer::delete);
    return pods.stream().filter(pod -> !Pods.isOver(pod)).toList();
  }

  private void scale(KubeObject set, List<KubeObject> pods) {
    int missing = set.spec().path("replicas").asInt(1) - pods.size();
    for (int i = 0; i < Math.min(missing, BURST); i++) {
      KubeObject pod = writer.create(pod(set));
      events.normal(set, "SuccessfulCreate", "Created pod: " + pod.name());
    }
    if (missing < 0) {
      pods.stream()
          .sorted(Pods.FIRST_TO_GO)
          .limit(Math.min(-missing, BURST))
          .forEach(
              pod -> {
                writer.delete(pod);
                events.normal(set, "SuccessfulDelete", "Deleted pod: " + pod.name());
              });
    }
  }

  private static KubeObject pod(KubeObject set) {
    KubeObject pod = Writer.child(set, ResourceTypes.POD, "");
    ObjectNode metadata = Trees.child(pod.tree(), "metadata");
    metadata.remove("name");
    metadata.put("generateName", set.name() + "-");
    var template = set.spec().path("template");
    for (String field : List.of("labels", "annotations")) {
      if (!template.path("metadata").path(field).isEmpty()) {
        metadata.set(field, template.path("metadata").path(field));
      }
    }
    pod.tree().set("spec", template.path("spec"));
    return pod;
  }

  private static ObjectNode status(
      KubeObject set, List<KubeObject> pods, long minReady, Instant now) {
    var ready = pods.stream().filter(Pods::isReady).toList();
    long available =
        ready.stream().filter(pod -> Pods.untilAvailable(pod, minReady, now).isZero()).count();
    Map<String, String> wanted =
        new KubeObject(Json.object().set("metadata", set.spec().path("template").path("metadata")))
            .labels();
    long labelled =
        pods.stream().filter(pod -> pod.labels().entrySet().containsAll(wanted.entrySet())).count();
    ObjectNode status = Json.object().put("replicas", pods.size());
    count(status, "fullyLabeledReplicas", labelled);
    count(status, "readyReplicas", ready.size());
    count(status, "availableReplicas", available);
    return status.put("observedGeneration", set.generation());
  }

  /** As Kubernetes: a count of none is left out. */
  static void count(ObjectNode status, String field, long number) {
    if (number != 0) {
      status.put(field, number);
    }
  }
}
