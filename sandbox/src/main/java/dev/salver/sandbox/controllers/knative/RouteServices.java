package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.util.LinkedHashMap;

/** The Service that holds a Route's or a tag's name in the cluster and leads to the gateway. */
final class RouteServices {
  private RouteServices() {}

  static KubeObject make(KubeObject route, String tag, String gatewayHost) {
    KubeObject service =
        Writer.child(route, ResourceTypes.SERVICE, KnativeNames.tagged(route.name(), tag));
    ObjectNode metadata = Trees.child(service.tree(), "metadata");
    var labels = new LinkedHashMap<>(route.labels());
    // A tag's Service may carry a visibility of its own.
    labels.remove(KnativeNames.VISIBILITY);
    labels.put(KnativeNames.ROUTE, route.name());
    Trees.putAll(metadata, "labels", labels);
    Trees.putAll(metadata, "annotations", route.annotations());
    ObjectNode spec = Trees.child(service.tree(), "spec");
    spec.put("externalName", gatewayHost);
    spec.putArray("ports")
        .addObject()
        .put("appProtocol", "kubernetes.io/h2c")
        .put("name", "http2")
        .put("port", 80)
        .put("protocol", "TCP")
        .put("targetPort", 80);
    spec.put("sessionAffinity", "None").put("type", "ExternalName");
    return service;
  }
}
