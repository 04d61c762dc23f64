package dev.salver.reconciler.operator;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.reconciler.cluster.Cluster;
import dev.salver.reconciler.serving.Observed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the cluster holds about InferenceServices, from caches. */
final class ServingView {
  static final ResourceType SERVICES = ResourceTypes.INFERENCE_SERVICE;

  /** KServe's own namespace, and the names in it. */
  private static final String KSERVE = "kserve";

  private static final String KNATIVE = "knative-serving";
  private static final String POD_LABEL = "serving.kserve.io/inferenceservice";
  private static final ObjectKey CONFIG = configMap(KSERVE, "inferenceservice-config");
  private static final ObjectKey FEATURES = configMap(KNATIVE, "config-features");
  private static final ObjectKey AUTOSCALER = configMap(KNATIVE, "config-autoscaler");
  private static final ObjectKey CONTROLLER =
      new ObjectKey(ResourceTypes.DEPLOYMENT.gvk(), KSERVE, "kserve-controller-manager");

  private final Cluster cluster;
  private final Informers informers;
  private final List<ResourceType> childTypes;
  private final Consumer<ObjectKey> touched;
  private final Runnable allTouched;
  private final OwnerIndex children;
  private final OwnerIndex pods;
  private final Map<String, Informer> started = new HashMap<>();
  private final Set<ResourceType> served = new HashSet<>();

  /** Whether each kind was asked for once; before, what is not followed yet would seem absent. */
  private boolean complete;

  /**
   * @param touched is told which service to look at
   * @param allTouched is told when all of them are to be looked at
   */
  ServingView(
      Cluster cluster,
      Informers informers,
      List<ResourceType> childTypes,
      Consumer<ObjectKey> touched,
      Runnable allTouched) {
    this.cluster = cluster;
    this.informers = informers;
    this.childTypes = List.copyOf(childTypes);
    this.touched = touched;
    this.allTouched = allTouched;
    this.children = new OwnerIndex(ServingView::owner, touched);
    this.pods = new OwnerIndex(ServingView::served, touched);
  }

  /** Starts to follow what the cluster serves by now. */
  void refresh() {
    boolean news = false;
    for (ResourceType type : wanted()) {
      if (!isServed(type) && cluster.serves(type)) {
        synchronized (this) {
          served.add(type);
        }
        news = true;
        follow(type);
      }
    }
    synchronized (this) {
      complete = true;
    }
    if (news) {
      allTouched.run();
    }
  }

  private Set<ResourceType> wanted() {
    var types = new HashSet<>(childTypes);
    types.addAll(
        List.of(
            SERVICES,
            ResourceTypes.POD,
            ResourceTypes.SERVING_RUNTIME,
            ResourceTypes.CLUSTER_SERVING_RUNTIME,
            ResourceTypes.CONFIG_MAP,
            ResourceTypes.DEPLOYMENT));
    return types;
  }

  private void follow(ResourceType type) {
    if (childTypes.contains(type)) {
      start(
          type.plural() + "." + type.gvk().group(),
          informers.part(type, object -> owner(object).isPresent(), one -> prepare(one, children)));
    }
    if (type.equals(SERVICES)) {
      start("services", informers.of(type, "", one -> prepare(one, this::serviceChanged)));
    } else if (type.equals(ResourceTypes.POD)) {
      start(
          "pods",
          informers.part(type, object -> served(object).isPresent(), one -> prepare(one, pods)));
    } else if (type.equals(ResourceTypes.SERVING_RUNTIME)) {
      start("runtimes", informers.of(type, "", one -> prepare(one, this::anyChanged)));
    } else if (type.equals(ResourceTypes.CLUSTER_SERVING_RUNTIME)) {
      start("cluster runtimes", informers.of(type, "", one -> prepare(one, this::anyChanged)));
    } else if (type.equals(ResourceTypes.CONFIG_MAP)) {
      start("kserve config", informers.of(type, KSERVE, one -> prepare(one, this::anyChanged)));
      start("knative config", informers.of(type, KNATIVE, one -> prepare(one, this::anyChanged)));
    } else if (type.equals(ResourceTypes.DEPLOYMENT)) {
      start("controllers", informers.of(type, KSERVE, one -> prepare(one, this::anyChanged)));
    }
  }

  private synchronized void start(String name, Informer informer) {
    started.put(name, informer);
  }

  private void prepare(Informer informer, Informer.Listener listener) {
    informer.listen(listener).whenSynced(allTouched);
  }

  private void serviceChanged(@Nullable KubeObject before, @Nullable KubeObject after) {
    KubeObject either = after != null ? after : before;
    if (either != null) {
      touched.accept(either.key());
    }
  }

  private void anyChanged(@Nullable KubeObject before, @Nullable KubeObject after) {
    // What only moves its status, such as a Deployment that scales, concerns no service.
    boolean same =
        before != null
            && after != null
            && before.spec().equals(after.spec())
            && before.tree().path("data").equals(after.tree().path("data"))
            && before.status().equals(after.status());
    if (!same) {
      allTouched.run();
    }
  }

  /** Whether every cache holds its first list. */
  synchronized boolean isSynced() {
    return complete
        && started.containsKey("services")
        && started.values().stream().allMatch(Informer::isSynced);
  }

  synchronized boolean isServed(ResourceType type) {
    return served.contains(type);
  }

  /** Whether KServe's own controller has a pod that is available. */
  boolean kserveRuns() {
    return in("controllers", CONTROLLER)
        .map(KubeObject::status)
        .filter(status -> status.path("availableReplicas").asInt() > 0)
        .isPresent();
  }

  /** Services, and former services that left something behind. */
  Set<ObjectKey> keys() {
    var keys = new HashSet<>(children.owners());
    all("services").forEach(service -> keys.add(service.key()));
    return keys;
  }

  Optional<KubeObject> service(ObjectKey key) {
    return in("services", key);
  }

  Optional<KubeObject> child(ObjectKey key) {
    return ResourceTypes.of(key.gvk())
        .flatMap(type -> in(type.plural() + "." + type.gvk().group(), key));
  }

  Observed observe(KubeObject service) {
    var owned = new ArrayList<KubeObject>();
    for (ObjectKey key : children.of(service.key())) {
      child(key).filter(child -> uidOfOwner(child).equals(service.uid())).ifPresent(owned::add);
    }
    List<KubeObject> mine =
        pods.of(service.key()).stream()
            .flatMap(key -> in("pods", key).stream())
            .sorted(
                Comparator.comparing(
                        (KubeObject pod) -> pod.metadata().path("creationTimestamp").asText())
                    .thenComparing(KubeObject::name)
                    .reversed())
            .toList();
    return new Observed(List.copyOf(owned), mine);
  }

  /** Children of a service of that name whose uid is another, or of one that is gone. */
  List<KubeObject> orphans(ObjectKey service, String livingUid) {
    return children.of(service).stream()
        .flatMap(key -> child(key).stream())
        .filter(child -> !uidOfOwner(child).equals(livingUid))
        .toList();
  }

  Renderer.World world(String namespace) {
    var runtimes = new ArrayList<KubeObject>();
    all("runtimes").stream()
        .filter(runtime -> runtime.namespace().equals(namespace))
        .forEach(runtimes::add);
    runtimes.addAll(all("cluster runtimes"));
    Set<ResourceType> now;
    synchronized (this) {
      now = Set.copyOf(served);
    }
    return new Renderer.World(
        List.copyOf(runtimes),
        in("kserve config", CONFIG),
        in("knative config", FEATURES),
        in("knative config", AUTOSCALER),
        now);
  }

  private Optional<KubeObject> in(String name, ObjectKey key) {
    return informer(name).flatMap(informer -> informer.get(key));
  }

  private List<KubeObject> all(String name) {
    return informer(name).map(Informer::all).orElse(List.of());
  }

  private synchronized Optional<Informer> informer(String name) {
    return Optional.ofNullable(started.get(name));
  }

  private static String uidOfOwner(KubeObject child) {
    return child.controllerReference().path("uid").asText();
  }

  private static Optional<ObjectKey> owner(KubeObject child) {
    var reference = child.controllerReference();
    boolean ours =
        reference.path("kind").asText().equals(SERVICES.gvk().kind())
            && reference.path("apiVersion").asText().startsWith(SERVICES.gvk().group() + "/");
    return ours
        ? Optional.of(
            new ObjectKey(SERVICES.gvk(), child.namespace(), reference.path("name").asText()))
        : Optional.empty();
  }

  private static Optional<ObjectKey> served(KubeObject pod) {
    return pod.label(POD_LABEL).map(name -> new ObjectKey(SERVICES.gvk(), pod.namespace(), name));
  }

  private static ObjectKey configMap(String namespace, String name) {
    return new ObjectKey(ResourceTypes.CONFIG_MAP.gvk(), namespace, name);
  }
}
