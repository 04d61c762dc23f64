package dev.salver.cli.up;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.sandbox.api.Api;
import java.util.Map;

/** What an administrator would have set up before: namespaces and KServe's configuration. */
final class Seed {
  private static final String MANAGER = "salver-up";

  /** What KServe's installation asks of Knative: without it, most of its runtimes are refused. */
  static final Map<String, String> KNATIVE_FEATURES =
      Map.of("kubernetes.podspec-init-containers", "enabled");

  private Seed() {}

  /**
   * Makes KServe's namespaces, and sets what this machine decides.
   *
   * @param gatewayPort enters URLs, never hosts
   */
  static void plant(Api api, int gatewayPort) {
    for (String needed : new String[] {"kserve", "knative-serving", "salver-system"}) {
      namespace(api, needed);
    }
    KubeObject config =
        KubeObject.named(ResourceTypes.CONFIG_MAP.gvk(), "kserve", "inferenceservice-config");
    ObjectNode ingress =
        Json.object()
            .put("ingressDomain", "localhost")
            .put("urlScheme", "http")
            .put("urlPort", gatewayPort)
            .put("disableIstioVirtualHost", true)
            .put("ingressClassName", "salver");
    config
        .tree()
        .putObject("data")
        .put("ingress", Json.write(ingress))
        .put("deploy", "{\"defaultDeploymentMode\":\"Knative\"}");
    api.apply(config, MANAGER, true);
    knative(api);
  }

  private static void knative(Api api) {
    KubeObject features =
        KubeObject.named(ResourceTypes.CONFIG_MAP.gvk(), "knative-serving", "config-features");
    ObjectNode data = features.tree().putObject("data");
    KNATIVE_FEATURES.forEach(data::put);
    api.apply(features, MANAGER, true);
  }

  /** Makes a namespace that is missing. */
  static void namespace(Api api, String name) {
    api.apply(KubeObject.named(ResourceTypes.NAMESPACE.gvk(), "", name), MANAGER, true);
  }
}
