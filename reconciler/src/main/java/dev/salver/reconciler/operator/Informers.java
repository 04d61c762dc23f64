package dev.salver.reconciler.operator;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.reconciler.cluster.Cluster;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One informer per type, shared by all who look at it. */
final class Informers implements AutoCloseable {
  private final Cluster cluster;
  private final Scheduler scheduler;
  private final Consumer<String> trouble;
  private final Map<Place, Informer> informers = new HashMap<>();

  private record Place(ResourceType type, String namespace) {}

  Informers(Cluster cluster, Scheduler scheduler, Consumer<String> trouble) {
    this.cluster = cluster;
    this.scheduler = scheduler;
    this.trouble = trouble;
  }

  /**
   * The informer of a type, started where it was not there yet.
   *
   * @param prepare adds listeners to a new one before it starts
   */
  Informer of(ResourceType type, String namespace, Consumer<Informer> prepare) {
    Informer informer;
    boolean fresh;
    synchronized (informers) {
      var place = new Place(type, namespace);
      Informer known = informers.get(place);
      fresh = known == null;
      informer = known != null ? known : new Informer(cluster, scheduler, type, namespace, trouble);
      informers.put(place, informer);
    }
    prepare.accept(informer);
    return fresh ? informer.start() : informer;
  }

  Optional<Informer> existing(ResourceType type, String namespace) {
    synchronized (informers) {
      return Optional.ofNullable(informers.get(new Place(type, namespace)));
    }
  }

  /** What the caches say, or the cluster itself where there is no cache of the kind. */
  Optional<KubeObject> observe(ObjectKey key) {
    return ResourceTypes.of(key.gvk())
        .flatMap(type -> existing(type, ""))
        .filter(Informer::isSynced)
        .map(informer -> informer.get(key))
        .orElseGet(() -> cluster.get(key));
  }

  /** Takes over what a write of our own returned. */
  void wrote(KubeObject object) {
    ResourceTypes.of(object.gvk())
        .flatMap(type -> existing(type, ""))
        .ifPresent(informer -> informer.wrote(object));
  }

  @Override
  public void close() {
    synchronized (informers) {
      informers.values().forEach(Informer::close);
    }
  }
}
