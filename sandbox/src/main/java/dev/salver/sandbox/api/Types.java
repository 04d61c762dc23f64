package dev.salver.sandbox.api;

import dev.salver.kube.Gvk;
import dev.salver.kube.ResourceType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds served, by kind and by path. */
final class Types {
  private static final Set<String> BUILT_IN =
      Set.of("", "apps", "autoscaling", "batch", "coordination.k8s.io", "networking.k8s.io");

  /** Built-in kinds whose generation an API server counts; custom ones all have one. */
  private static final Set<String> COUNTED = Set.of("Deployment", "ReplicaSet", "Ingress");

  private final Map<Gvk, ResourceType> byKind = new LinkedHashMap<>();
  private final Map<String, ResourceType> byPath = new LinkedHashMap<>();

  Types(List<ResourceType> types) {
    for (ResourceType type : types) {
      byKind.put(type.gvk(), type);
      byPath.put(path(type.gvk().group(), type.gvk().version(), type.plural()), type);
    }
  }

  List<ResourceType> all() {
    return List.copyOf(byKind.values());
  }

  Optional<ResourceType> of(Gvk gvk) {
    return Optional.ofNullable(byKind.get(gvk));
  }

  Optional<ResourceType> at(String group, String version, String plural) {
    return Optional.ofNullable(byPath.get(path(group, version, plural)));
  }

  /** 404 as an API server says it where nobody serves the kind. */
  ResourceType require(Gvk gvk) {
    return of(gvk).orElseThrow(Failures::noSuchResource);
  }

  /** Kinds that Kubernetes itself knows, as opposed to those of CRDs. */
  static boolean builtIn(ResourceType type) {
    return BUILT_IN.contains(type.gvk().group());
  }

  static boolean hasGeneration(ResourceType type) {
    return !builtIn(type) || COUNTED.contains(type.gvk().kind());
  }

  private static String path(String group, String version, String plural) {
    return group + "/" + version + "/" + plural;
  }
}
