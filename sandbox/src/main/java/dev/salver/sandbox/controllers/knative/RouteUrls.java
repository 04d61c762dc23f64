package dev.salver.sandbox.controllers.knative;

import dev.salver.kube.KubeObject;
import dev.salver.kube.knative.KnativeNames;

/** Hosts and URLs of a Route and its tags. */
final class RouteUrls {
  private final KubeObject route;
  private final KnativeOptions options;

  RouteUrls(KubeObject route, KnativeOptions options) {
    this.route = route;
    this.options = options;
  }

  /**
   * The URL of the Route (empty tag) or of a tag.
   *
   * @param clusterLocal whether only the cluster may call it; such names lead through the gateway
   *     as a proxy and carry no port
   */
  String url(String tag, boolean clusterLocal) {
    String name = KnativeNames.tagged(route.name(), tag);
    if (clusterLocal) {
      return "http://" + clusterHost(name);
    }
    boolean plain = options.urlPort() == 0 || options.urlPort() == 80;
    return "http://"
        + name
        + "."
        + route.namespace()
        + "."
        + options.domain()
        + (plain ? "" : ":" + options.urlPort());
  }

  /** {@code http://hello.demo.svc.cluster.local}: the same for every caller in the cluster. */
  String address() {
    return "http://" + clusterHost(route.name());
  }

  /** Whether the Route as a whole is for the cluster alone. */
  boolean isClusterLocal() {
    return options.domain().equals(KnativeOptions.CLUSTER_DOMAIN) || isLocal(route);
  }

  static boolean isLocal(KubeObject object) {
    return object.label(KnativeNames.VISIBILITY).orElse("").equals(KnativeNames.CLUSTER_LOCAL);
  }

  private String clusterHost(String name) {
    return name + "." + route.namespace() + "." + KnativeOptions.CLUSTER_DOMAIN;
  }
}
