package dev.salver.reconciler.plan;

import dev.salver.kube.Gvk;
import dev.salver.kube.ObjectKey;
import java.util.Comparator;
import java.util.Map;

/** Which kinds come first, because others need them. */
final class Rank {
  private static final int OTHERS = 5;

  private static final Map<String, Integer> CORE =
      Map.of("Namespace", 0, "ConfigMap", 2, "Secret", 2, "ServiceAccount", 2);

  private static final Map<String, Integer> SERVING =
      Map.of(
          "ClusterStorageContainer",
          3,
          "ClusterServingRuntime",
          3,
          "ServingRuntime",
          4,
          "InferenceService",
          6,
          "InferenceGraph",
          7);

  private Rank() {}

  /** First to last; the reverse is the order to delete in. */
  static Comparator<ObjectKey> order() {
    return Comparator.comparingInt(Rank::of).thenComparing(Comparator.naturalOrder());
  }

  private static int of(ObjectKey key) {
    Gvk gvk = key.gvk();
    return switch (gvk.group()) {
      case "" -> CORE.getOrDefault(gvk.kind(), OTHERS);
      case "apiextensions.k8s.io" -> 1;
      case "rbac.authorization.k8s.io" -> 2;
      case "serving.kserve.io" -> SERVING.getOrDefault(gvk.kind(), OTHERS);
      case "salver.dev" -> 8;
      default -> OTHERS;
    };
  }
}
