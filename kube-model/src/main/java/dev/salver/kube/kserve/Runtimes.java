package dev.salver.kube.kserve;

import dev.salver.kube.KubeObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Every runtime that a cluster holds; cluster-scoped and of all namespaces. */
public record Runtimes(List<ServingRuntime> all) {
  public static final Runtimes NONE = new Runtimes(List.of());

  /** The runtimes among some objects. */
  public static Runtimes of(Collection<KubeObject> objects) {
    return new Runtimes(
        objects.stream()
            .filter(o -> o.kind().endsWith("ServingRuntime"))
            .map(ServingRuntime::new)
            .toList());
  }

  List<ServingRuntime> ofNamespace(String namespace) {
    return all.stream()
        .filter(r -> !r.clusterScoped() && r.object().namespace().equals(namespace))
        .toList();
  }

  List<ServingRuntime> ofCluster() {
    return all.stream().filter(ServingRuntime::clusterScoped).toList();
  }

  /** By name; the namespace's own wins over the cluster's. */
  public Optional<ServingRuntime> named(String name, String namespace) {
    return ofNamespace(namespace).stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .or(() -> ofCluster().stream().filter(r -> r.name().equals(name)).findFirst());
  }
}
