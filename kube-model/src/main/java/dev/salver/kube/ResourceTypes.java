package dev.salver.kube;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds that Salver reads or writes, as the servers of this day serve them. */
public final class ResourceTypes {
  public static final ResourceType NAMESPACE = cluster("v1", "Namespace", "namespaces", "ns");
  public static final ResourceType NODE = cluster("v1", "Node", "nodes", "no");
  public static final ResourceType POD = spaced("v1", "Pod", "pods", "po");
  public static final ResourceType SERVICE = spaced("v1", "Service", "services", "svc");
  public static final ResourceType CONFIG_MAP = plain("v1", "ConfigMap", "configmaps", "cm");
  public static final ResourceType SECRET = plain("v1", "Secret", "secrets");
  public static final ResourceType SERVICE_ACCOUNT =
      plain("v1", "ServiceAccount", "serviceaccounts", "sa");
  public static final ResourceType EVENT = plain("v1", "Event", "events", "ev");
  public static final ResourceType DEPLOYMENT =
      spaced("apps/v1", "Deployment", "deployments", "deploy");
  public static final ResourceType REPLICA_SET =
      spaced("apps/v1", "ReplicaSet", "replicasets", "rs");
  public static final ResourceType HORIZONTAL_POD_AUTOSCALER =
      spaced("autoscaling/v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", "hpa");
  public static final ResourceType LEASE = plain("coordination.k8s.io/v1", "Lease", "leases");
  public static final ResourceType INGRESS =
      spaced("networking.k8s.io/v1", "Ingress", "ingresses", "ing");
  public static final ResourceType HTTP_ROUTE =
      spaced("gateway.networking.k8s.io/v1", "HTTPRoute", "httproutes");
  public static final ResourceType VIRTUAL_SERVICE =
      spaced("networking.istio.io/v1beta1", "VirtualService", "virtualservices", "vs");
  public static final ResourceType SCALED_OBJECT =
      spaced("keda.sh/v1alpha1", "ScaledObject", "scaledobjects", "so");
  public static final ResourceType INFERENCE_SERVICE =
      spaced("serving.kserve.io/v1beta1", "InferenceService", "inferenceservices", "isvc");
  public static final ResourceType INFERENCE_GRAPH =
      spaced("serving.kserve.io/v1alpha1", "InferenceGraph", "inferencegraphs", "ig");
  public static final ResourceType SERVING_RUNTIME =
      plain("serving.kserve.io/v1alpha1", "ServingRuntime", "servingruntimes");
  public static final ResourceType CLUSTER_SERVING_RUNTIME =
      new ResourceType(
          Gvk.of("serving.kserve.io/v1alpha1", "ClusterServingRuntime"),
          "clusterservingruntimes",
          false,
          List.of(),
          false);
  public static final ResourceType KNATIVE_SERVICE =
      spaced("serving.knative.dev/v1", "Service", "services", "kservice", "ksvc");
  public static final ResourceType CONFIGURATION =
      spaced("serving.knative.dev/v1", "Configuration", "configurations", "config", "cfg");
  public static final ResourceType REVISION =
      spaced("serving.knative.dev/v1", "Revision", "revisions", "rev");
  public static final ResourceType ROUTE =
      spaced("serving.knative.dev/v1", "Route", "routes", "rt");
  public static final ResourceType POD_AUTOSCALER =
      spaced("autoscaling.internal.knative.dev/v1alpha1", "PodAutoscaler", "podautoscalers", "kpa");

  public static final ResourceType SERVING_GRAPH =
      spaced("salver.dev/v1alpha1", "ServingGraph", "servinggraphs", "sg");
  public static final ResourceType ROLLOUT =
      spaced("salver.dev/v1alpha1", "Rollout", "rollouts", "sro");

  /** Every kind above. */
  public static final List<ResourceType> ALL =
      List.of(
          NAMESPACE,
          NODE,
          POD,
          SERVICE,
          CONFIG_MAP,
          SECRET,
          SERVICE_ACCOUNT,
          EVENT,
          DEPLOYMENT,
          REPLICA_SET,
          HORIZONTAL_POD_AUTOSCALER,
          LEASE,
          INGRESS,
          HTTP_ROUTE,
          VIRTUAL_SERVICE,
          SCALED_OBJECT,
          INFERENCE_SERVICE,
          INFERENCE_GRAPH,
          SERVING_RUNTIME,
          CLUSTER_SERVING_RUNTIME,
          KNATIVE_SERVICE,
          CONFIGURATION,
          REVISION,
          ROUTE,
          POD_AUTOSCALER,
          SERVING_GRAPH,
          ROLLOUT);

  private static final Map<Gvk, ResourceType> BY_GVK =
      ALL.stream().collect(Collectors.toUnmodifiableMap(ResourceType::gvk, Function.identity()));

  private ResourceTypes() {}

  /** The type that serves a kind, where Salver knows it. */
  public static Optional<ResourceType> of(Gvk gvk) {
    return Optional.ofNullable(BY_GVK.get(gvk));
  }

  private static ResourceType spaced(
      String apiVersion, String kind, String plural, String... shortNames) {
    return new ResourceType(Gvk.of(apiVersion, kind), plural, true, List.of(shortNames), true);
  }

  private static ResourceType plain(
      String apiVersion, String kind, String plural, String... shortNames) {
    return new ResourceType(Gvk.of(apiVersion, kind), plural, true, List.of(shortNames), false);
  }

  private static ResourceType cluster(
      String apiVersion, String kind, String plural, String... shortNames) {
    return new ResourceType(Gvk.of(apiVersion, kind), plural, false, List.of(shortNames), true);
  }
}
