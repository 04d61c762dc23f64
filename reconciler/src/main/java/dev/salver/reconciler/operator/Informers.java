package dev.salver.reconciler.operator;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.Scheduler;
import dev.salver.reconciler.cluster.Cluster;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** One informer per type, shared by all who look at it. */
final class Informers implements AutoCloseable {
  private final Cluster cluster;
  private final Scheduler scheduler;
  private final BiConsumer<String, Duration> trouble;
  private final Map<Place, Informer> informers = new HashMap<>();

  private record Place(ResourceType type, String namespace, boolean partial) {}

  Informers(Cluster cluster, Scheduler scheduler, BiConsumer<String, Duration> trouble) {
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
    return of(new Place(type, namespace, false), object -> true, prepare);
  }

  /** An informer that holds but a part of the objects of a type; whoever asks sees that part. */
  Informer part(ResourceType type, Predicate<KubeObject> kept, Consumer<Informer> prepare) {
    return of(new Place(type, "", true), kept, prepare);
  }

  private Informer of(Place place, Predicate<KubeObject> kept, Consumer<Informer> prepare) {
    Informer informer;
    boolean fresh;
    synchronized (informers) {
      Informer known = informers.get(place);
      fresh = known == null;
      informer =
          known != null
              ? known
              : new Informer(cluster, scheduler, place.type(), place.namespace(), kept, trouble);
      informers.put(place, informer);
    }
    prepare.accept(informer);
    return fresh ? informer.start() : informer;
  }

  private Optional<Informer> existing(ResourceType type, boolean partial) {
    synchronized (informers) {
      return Optional.ofNullable(informers.get(new Place(type, "", partial)));
    }
  }

  /** What the caches say, or the cluster itself where there is no cache of the kind. */
  Optional<KubeObject> observe(ObjectKey key) {
    return ResourceTypes.of(key.gvk())
        .flatMap(type -> existing(type, false))
        .filter(Informer::isSynced)
        .map(informer -> informer.get(key))
        .orElseGet(() -> cluster.get(key));
  }

  /** Takes over what a write of our own returned. */
  void wrote(KubeObject object) {
    ResourceTypes.of(object.gvk())
        .ifPresent(
            type -> {
              existing(type, false).ifPresent(informer -> informer.wrote(object));
              existing(type, true).ifPresent(informer -> informer.wrote(object));
            });
  }

  @Override
  public void close() {
    synchronized (informers) {
      informers.values().forEach(Informer::close);
    }
  }
}
