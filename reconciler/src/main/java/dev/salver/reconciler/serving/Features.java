package dev.salver.reconciler.serving;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What a cluster has beside Kubernetes itself.
 *
 * @param knative whether Knative Services are served
 * @param virtualServices whether Istio's VirtualServices are served
 * @param scaledObjects whether KEDA's ScaledObjects are served
 * @param zeroInitialScale whether Knative lets a revision start with no pod
 * @param podSpecFlags Knative's {@code config-features}; {@code null}-free, empty as shipped
 * @param everyPodSpec whether the flags are not looked at at all
 */
public record Features(
    boolean knative,
    boolean virtualServices,
    boolean scaledObjects,
    boolean zeroInitialScale,
    Map<String, String> podSpecFlags,
    boolean everyPodSpec) {
  /** Everything is there and allowed. */
  public static final Features ALL = new Features(true, true, true, true, Map.of(), true);

  /**
   * Reads what a cluster serves and how its Knative is configured.
   *
   * @param configFeatures ConfigMap {@code config-features} in {@code knative-serving}
   * @param configAutoscaler ConfigMap {@code config-autoscaler} beside it
   */
  public static Features of(
      Predicate<ResourceType> serves,
      Optional<KubeObject> configFeatures,
      Optional<KubeObject> configAutoscaler) {
    return new Features(
        serves.test(ResourceTypes.KNATIVE_SERVICE),
        serves.test(ResourceTypes.VIRTUAL_SERVICE),
        serves.test(ResourceTypes.SCALED_OBJECT),
        configAutoscaler
            .map(map -> map.tree().path("data").path("allow-zero-initial-scale").asText())
            .orElse("")
            .equals("true"),
        configFeatures.map(map -> Trees.strings(map.tree().path("data"))).orElse(Map.of()),
        false);
  }

  /** Whether Knative accepts what a flag stands for; {@code shipped} is its value when not set. */
  boolean allows(String flag, String shipped) {
    if (everyPodSpec) {
      return true;
    }
    String value = podSpecFlags.getOrDefault(flag, shipped).toLowerCase(Locale.ROOT);
    return value.equals("enabled") || value.equals("allowed");
  }
}
