package dev.salver.sandbox.gateway;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The rendered objects that a table is made from, at one moment. */
final class Rendered {
  /** What the gateway reads. */
  static final List<ResourceType> TYPES =
      List.of(
          ResourceTypes.ROUTE,
          ResourceTypes.REVISION,
          ResourceTypes.INGRESS,
          ResourceTypes.HTTP_ROUTE,
          ResourceTypes.VIRTUAL_SERVICE,
          ResourceTypes.SERVICE,
          ResourceTypes.POD);

  private final Map<String, Map<String, KubeObject>> byKind = new TreeMap<>();

  void put(ResourceType type, KubeObject object) {
    byKind.computeIfAbsent(kind(type), k -> new TreeMap<>()).put(id(object), object);
  }

  void remove(ResourceType type, KubeObject object) {
    byKind.getOrDefault(kind(type), Map.of()).remove(id(object));
  }

  List<KubeObject> all(ResourceType type) {
    return List.copyOf(byKind.getOrDefault(kind(type), Map.of()).values());
  }

  /** The oldest first, as the Gateway API settles conflicts. */
  List<KubeObject> byAge(ResourceType type) {
    return all(type).stream()
        .sorted(Comparator.comparing(o -> o.metadata().path("creationTimestamp").asText()))
        .toList();
  }

  Optional<KubeObject> get(ResourceType type, String namespace, String name) {
    return Optional.ofNullable(
        byKind.getOrDefault(kind(type), Map.of()).get(namespace + "/" + name));
  }

  private static String kind(ResourceType type) {
    return type.gvk().group() + "/" + type.gvk().kind();
  }

  private static String id(KubeObject object) {
    return object.namespace() + "/" + object.name();
  }
}
