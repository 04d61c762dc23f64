package dev.salver.kube.knative;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which optional fields a Knative lets through: the flags of its {@code config-features} that are
 * on.
 *
 * @param allowed flags at {@code enabled} or {@code allowed}
 */
public record KnativeFeatures(Set<String> allowed) {
  /** What Knative ships with. */
  public static final KnativeFeatures STOCK =
      new KnativeFeatures(Set.of("multi-container", "kubernetes.podspec-volumes-emptydir"));

  /** What a pod spec's field needs; a field that is not listed is always allowed or never. */
  static final Map<String, String> POD_FIELDS =
      Map.ofEntries(
          Map.entry("affinity", "kubernetes.podspec-affinity"),
          Map.entry("topologySpreadConstraints", "kubernetes.podspec-topologyspreadconstraints"),
          Map.entry("hostAliases", "kubernetes.podspec-hostaliases"),
          Map.entry("nodeSelector", "kubernetes.podspec-nodeselector"),
          Map.entry("runtimeClassName", "kubernetes.podspec-runtimeclassname"),
          Map.entry("tolerations", "kubernetes.podspec-tolerations"),
          Map.entry("securityContext", "kubernetes.podspec-securitycontext"),
          Map.entry("shareProcessNamespace", "kubernetes.podspec-shareprocessnamespace"),
          Map.entry("priorityClassName", "kubernetes.podspec-priorityclassname"),
          Map.entry("schedulerName", "kubernetes.podspec-schedulername"),
          Map.entry("initContainers", "kubernetes.podspec-init-containers"),
          Map.entry("dnsPolicy", "kubernetes.podspec-dnspolicy"),
          Map.entry("dnsConfig", "kubernetes.podspec-dnsconfig"),
          Map.entry("hostIPC", "kubernetes.podspec-hostipc"),
          Map.entry("hostPID", "kubernetes.podspec-hostpid"),
          Map.entry("hostNetwork", "kubernetes.podspec-hostnetwork"));

  /** The flags as the ConfigMap {@code config-features} sets them over the stock ones. */
  public static KnativeFeatures of(Map<String, String> configMapData) {
    var allowed = new TreeSet<>(STOCK.allowed);
    configMapData.forEach(
        (flag, value) -> {
          switch (value.toLowerCase(Locale.ROOT)) {
            case "enabled", "allowed" -> allowed.add(flag);
            case "disabled" -> allowed.remove(flag);
            default -> {}
          }
        });
    return new KnativeFeatures(Set.copyOf(allowed));
  }

  boolean allows(String flag) {
    return allowed.contains(flag);
  }
}
