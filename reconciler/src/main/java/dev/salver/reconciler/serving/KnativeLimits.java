package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a pod spec a stock Knative refuses until a flag in {@code config-features} allows it.
 * What would be refused is named before it is tried.
 */
final class KnativeLimits {
  private static final String FLAG = "kubernetes.podspec-";

  /** Pod fields and the flags that allow them. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("initContainers", "init-containers"),
          Map.entry("nodeSelector", "nodeselector"),
          Map.entry("tolerations", "tolerations"),
          Map.entry("affinity", "affinity"),
          Map.entry("topologySpreadConstraints", "topologyspreadconstraints"),
          Map.entry("priorityClassName", "priorityclassname"),
          Map.entry("runtimeClassName", "runtimeclassname"),
          Map.entry("schedulerName", "schedulername"),
          Map.entry("securityContext", "securitycontext"),
          Map.entry("dnsPolicy", "dnspolicy"),
          Map.entry("dnsConfig", "dnsconfig"),
          Map.entry("hostAliases", "hostaliases"),
          Map.entry("hostIPC", "hostipc"),
          Map.entry("hostPID", "hostpid"),
          Map.entry("hostNetwork", "hostnetwork"),
          Map.entry("shareProcessNamespace", "shareprocessnamespace"));

  /** Pod fields that need no flag. */
  private static final List<String> FREE =
      List.of(
          "containers",
          "volumes",
          "serviceAccountName",
          "imagePullSecrets",
          "enableServiceLinks",
          "automountServiceAccountToken");

  private KnativeLimits() {}

  /** What is in the way; empty where Knative would take the pod. */
  static Optional<Failure> of(Workload workload, Features features) {
    if (features.everyPodSpec()) {
      return Optional.empty();
    }
    ObjectNode pod = workload.pod();
    var flags = new ArrayList<String>();
    var never = new ArrayList<String>();
    for (var entry : pod.properties()) {
      String field = entry.getKey();
      if (isSet(entry.getValue()) && !FREE.contains(field)) {
        String flag = FIELDS.get(field);
        if (flag == null) {
          never.add(field);
        } else {
          need(features, flags, FLAG + flag, "disabled", field);
        }
      }
    }
    volumes(pod, features, flags);
    containers(pod, features, flags);
    if (!never.isEmpty()) {
      return Optional.of(
          Failure.of(
              "KnativeRefusesPodSpec",
              "Knative takes no " + String.join(", ", never) + "; use Standard mode for it"));
    }
    return flags.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                "KnativeFeatureDisabled",
                workload.name()
                    + " needs "
                    + String.join(", ", flags)
                    + " set to \"enabled\" in ConfigMap config-features of Knative's namespace"));
  }

  private static boolean isSet(JsonNode value) {
    return !value.isNull() && !(value.isContainerNode() && value.isEmpty());
  }

  private static void volumes(ObjectNode pod, Features features, List<String> flags) {
    for (JsonNode volume : pod.path("volumes")) {
      if (volume.has("persistentVolumeClaim")) {
        need(features, flags, FLAG + "persistent-volume-claim", "disabled", "a claim");
        boolean written =
            Trees.items(pod.path("containers")).stream()
                .flatMap(c -> Trees.items(c.path("volumeMounts")).stream())
                .filter(m -> m.path("name").equals(volume.path("name")))
                .anyMatch(m -> !m.path("readOnly").asBoolean());
        if (written) {
          need(features, flags, FLAG + "persistent-volume-write", "disabled", "a writable claim");
        }
      } else if (volume.has("emptyDir")) {
        need(features, flags, FLAG + "volumes-emptydir", "enabled", "an emptyDir");
      } else if (volume.has("hostPath")) {
        need(features, flags, FLAG + "volumes-hostpath", "disabled", "a hostPath");
      } else if (volume.has("csi")) {
        need(features, flags, FLAG + "volumes-csi", "disabled", "a CSI volume");
      } else if (volume.has("image")) {
        need(features, flags, FLAG + "volumes-image", "disabled", "an image volume");
      }
    }
  }

  private static void containers(ObjectNode pod, Features features, List<String> flags) {
    List<JsonNode> containers = Trees.items(pod.path("containers"));
    if (containers.size() > 1) {
      need(features, flags, "multi-container", "enabled", "several containers");
      boolean probed =
          containers.stream()
              .filter(c -> c.path("ports").isEmpty())
              .anyMatch(c -> c.has("readinessProbe") || c.has("livenessProbe"));
      if (probed) {
        need(features, flags, "multi-container-probing", "disabled", "a probe beside the server");
      }
    }
    boolean downward =
        containers.stream()
            .flatMap(c -> Trees.items(c.path("env")).stream())
            .anyMatch(
                e ->
                    e.path("valueFrom").has("fieldRef")
                        || e.path("valueFrom").has("resourceFieldRef"));
    if (downward) {
      need(features, flags, FLAG + "fieldref", "disabled", "a fieldRef");
    }
  }

  private static void need(
      Features features, List<String> flags, String flag, String shipped, String what) {
    if (!features.allows(flag, shipped)) {
      flags.add(flag + " (for " + what + ")");
    }
  }
}
