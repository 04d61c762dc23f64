package dev.salver.kube.apply;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.salver.kube.Gvk;
import dev.salver.kube.apply.Structure.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which lists are merged by key and which objects are owned as one, per kind: the list and map
 * types of Kubernetes 1.32's OpenAPI, and of the CRDs of KServe v0.20 and Knative Serving
 * (repository states of 2026-08-21). KServe's and Knative's container lists are owned as one, and
 * so are the conditions in their status. Strategic merge goes by the same table, by a list's first
 * key.
 */
public final class KnownStructures {
  private static final Rule ATOMIC = new Rule.Atomic();
  private static final Rule SET = new Rule.Set();
  private static final Rule BY_NAME = keyed("name");
  private static final Rule BY_TYPE = keyed("type");
  private static final Structure.Key PROTOCOL =
      new Structure.Key("protocol", Optional.of(JsonNodeFactory.instance.textNode("TCP")));

  /** Of a {@code PodSpec} by itself. */
  public static final Structure POD_SPEC = Structure.of(podSpec(""));

  /** Of a {@code Container} by itself. */
  public static final Structure CONTAINER = Structure.of(container(""));

  private static final Structure METADATA_ONLY = Structure.of(metadata());
  private static final Map<Gvk, Structure> KNOWN = known();

  private KnownStructures() {}

  /** The structure of a kind; for an unknown one, only what holds for any object's metadata. */
  public static Structure of(Gvk gvk) {
    return KNOWN.getOrDefault(gvk, METADATA_ONLY);
  }

  private static Map<Gvk, Structure> known() {
    var result = new HashMap<Gvk, Structure>();
    put(result, "v1", "Pod", pod());
    put(result, "v1", "Service", service());
    put(
        result,
        "v1",
        "Node",
        Map.of("status.conditions", BY_TYPE, "status.addresses", BY_TYPE, "spec.podCIDRs", SET));
    put(result, "v1", "Namespace", Map.of("status.conditions", BY_TYPE));
    put(result, "v1", "ServiceAccount", Map.of("secrets", BY_NAME));
    put(result, "v1", "Event", Map.of("involvedObject", ATOMIC, "related", ATOMIC));
    for (String kind : List.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet")) {
      put(result, "apps/v1", kind, workload());
    }
    put(result, "autoscaling/v2", "HorizontalPodAutoscaler", Map.of("status.conditions", BY_TYPE));
    put(result, "networking.k8s.io/v1", "Ingress", Map.of("spec.defaultBackend.resource", ATOMIC));
    put(result, "serving.knative.dev/v1", "Service", knative("spec.template.spec."));
    put(result, "serving.knative.dev/v1", "Configuration", knative("spec.template.spec."));
    put(result, "serving.knative.dev/v1", "Revision", knative("spec."));
    put(
        result,
        "autoscaling.internal.knative.dev/v1alpha1",
        "PodAutoscaler",
        Map.of("spec.scaleTargetRef", ATOMIC));
    put(result, "serving.kserve.io/v1beta1", "InferenceService", inferenceService());
    put(result, "serving.kserve.io/v1alpha1", "InferenceGraph", resources("spec."));
    for (String kind : List.of("ServingRuntime", "ClusterServingRuntime")) {
      var runtime = new HashMap<String, Rule>();
      runtime.putAll(scheduling("spec."));
      runtime.putAll(scheduling("spec.workerSpec."));
      put(result, "serving.kserve.io/v1alpha1", kind, runtime);
    }
    return Map.copyOf(result);
  }

  private static void put(
      Map<Gvk, Structure> into, String apiVersion, String kind, Map<String, Rule> rules) {
    var all = new HashMap<>(rules);
    all.putAll(metadata());
    into.put(Gvk.of(apiVersion, kind), Structure.of(all));
  }

  private static Map<String, Rule> metadata() {
    return Map.of("metadata.finalizers", SET, "metadata.ownerReferences", keyed("uid"));
  }

  private static Map<String, Rule> pod() {
    var rules = new HashMap<>(podSpec("spec."));
    rules.put("status.conditions", BY_TYPE);
    rules.put("status.podIPs", keyed("ip"));
    return rules;
  }

  private static Map<String, Rule> workload() {
    var rules = new HashMap<>(podSpec("spec.template.spec."));
    rules.put("spec.selector", ATOMIC);
    rules.put("status.conditions", BY_TYPE);
    rules.put("spec.template.metadata.finalizers", SET);
    return rules;
  }

  private static Map<String, Rule> service() {
    return Map.of(
        "spec.ports",
        new Rule.Keyed(List.of(new Structure.Key("port", Optional.empty()), PROTOCOL)),
        "spec.selector",
        ATOMIC,
        "status.conditions",
        BY_TYPE);
  }

  private static Map<String, Rule> podSpec(String at) {
    var rules = new HashMap<>(scheduling(at));
    for (String list : List.of("containers", "initContainers", "ephemeralContainers")) {
      rules.put(at + list, BY_NAME);
      rules.putAll(container(at + list + ".[]."));
    }
    rules.put(at + "volumes", BY_NAME);
    rules.put(at + "imagePullSecrets", BY_NAME);
    rules.put(at + "hostAliases", keyed("ip"));
    return rules;
  }

  /** The parts of a pod's spec that KServe's CRDs share with Kubernetes' own. */
  private static Map<String, Rule> scheduling(String at) {
    var rules = new HashMap<String, Rule>();
    rules.put(at + "resourceClaims", BY_NAME);
    rules.put(at + "schedulingGates", BY_NAME);
    rules.put(at + "topologySpreadConstraints", keyed("topologyKey", "whenUnsatisfiable"));
    rules.put(at + "topologySpreadConstraints.[].labelSelector", ATOMIC);
    rules.put(at + "nodeSelector", ATOMIC);
    String required = "requiredDuringSchedulingIgnoredDuringExecution";
    rules.put(at + "affinity.nodeAffinity." + required, ATOMIC);
    return rules;
  }

  private static Map<String, Rule> container(String at) {
    var rules = new HashMap<>(resources(at));
    rules.put(at + "env", BY_NAME);
    for (String source :
        List.of("configMapKeyRef", "fieldRef", "resourceFieldRef", "secretKeyRef")) {
      rules.put(at + "env.[].valueFrom." + source, ATOMIC);
    }
    rules.put(
        at + "ports",
        new Rule.Keyed(List.of(new Structure.Key("containerPort", Optional.empty()), PROTOCOL)));
    rules.put(at + "volumeMounts", keyed("mountPath"));
    rules.put(at + "volumeDevices", keyed("devicePath"));
    return rules;
  }

  private static Map<String, Rule> resources(String at) {
    return Map.of(at + "resources.claims", BY_NAME);
  }

  private static Map<String, Rule> knative(String at) {
    return Map.of(
        at + "volumes", BY_NAME,
        at + "volumes.[].configMap", ATOMIC,
        at + "imagePullSecrets", BY_NAME,
        at + "nodeSelector", ATOMIC);
  }

  private static Map<String, Rule> inferenceService() {
    var rules = new HashMap<String, Rule>();
    for (String component : List.of("predictor", "transformer", "explainer")) {
      String at = "spec." + component + ".";
      rules.putAll(scheduling(at));
      rules.putAll(container(at + "*."));
    }
    rules.putAll(scheduling("spec.predictor.workerSpec."));
    return rules;
  }

  private static Rule keyed(String... fields) {
    return new Rule.Keyed(
        List.of(fields).stream().map(field -> new Structure.Key(field, Optional.empty())).toList());
  }
}
