package dev.salver.reconciler.operator;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.run.Scheduler;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.serving.Conditions;
import dev.salver.reconciler.serving.Rendering;
import dev.salver.reconciler.serving.Rendering.Notice;
import dev.salver.reconciler.source.Canonical;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Writes status and events, each only when it changed. */
final class StatusWriter {
  private final Cluster cluster;
  private final Informers informers;
  private final Scheduler clock;

  /** The status that was wanted last, and what the server made of it. */
  private final Map<ObjectKey, Written> written = new ConcurrentHashMap<>();

  private final Map<ObjectKey, List<Notice>> told = new ConcurrentHashMap<>();

  private record Written(String wanted, String stored) {}

  StatusWriter(Cluster cluster, Informers informers, Scheduler clock) {
    this.cluster = cluster;
    this.informers = informers;
    this.clock = clock;
  }

  /** Returns why the status could not be written. */
  Optional<String> write(KubeObject service, Rendering rendering) {
    ObjectKey key = service.key();
    String wanted = Canonical.digest(rendering.status());
    String stored = Canonical.digest(service.status());
    if (wanted.equals(stored) || new Written(wanted, stored).equals(written.get(key))) {
      return Optional.empty();
    }
    KubeObject desired = KubeObject.named(service.gvk(), service.namespace(), service.name());
    desired.tree().set("status", Conditions.stamp(rendering.status(), clock.now()));
    return switch (cluster.applyStatus(desired, ChildWriter.MANAGER)) {
      case Cluster.Write.Applied(var object) -> {
        informers.wrote(object);
        written.put(key, new Written(wanted, Canonical.digest(object.status())));
        yield Optional.empty();
      }
      case Cluster.Write.Contested(String message) ->
          Optional.of("the status is contested: " + message);
      case Cluster.Write.Refused(int status, String message) ->
          status == 404 ? Optional.empty() : Optional.of("the status is refused: " + message);
    };
  }

  /** Records what is new since the last time. */
  void tell(KubeObject service, List<Notice> notices) {
    List<Notice> before = told.put(service.key(), List.copyOf(notices));
    for (Notice notice : notices) {
      if (before == null || !before.contains(notice)) {
        cluster.event(service, notice.type(), notice.reason(), notice.message());
      }
    }
  }

  void forget(ObjectKey service) {
    written.remove(service);
    told.remove(service);
  }
}
