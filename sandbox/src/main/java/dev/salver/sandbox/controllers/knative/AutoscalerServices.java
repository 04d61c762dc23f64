package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * The two Services of a revision: the public one, which anybody may call, and the private one,
 * which selects the pods.
 */
final class AutoscalerServices {
  private AutoscalerServices() {}

  static List<KubeObject> make(KubeObject autoscaler) {
    KubeObject open = service(autoscaler, autoscaler.name(), "Public");
    KubeObject pods =
        service(autoscaler, KnativeNames.privateService(autoscaler.name()), "Private");
    Trees.child(Trees.child(pods.tree(), "spec"), "selector")
        .put(KnativeNames.REVISION_UID, autoscaler.label(KnativeNames.REVISION_UID).orElse(""));
    return List.of(open, pods);
  }

  private static KubeObject service(KubeObject autoscaler, String name, String type) {
    KubeObject service = Writer.child(autoscaler, ResourceTypes.SERVICE, name);
    ObjectNode metadata = Trees.child(service.tree(), "metadata");
    var labels = new LinkedHashMap<>(autoscaler.labels());
    labels.put("networking.internal.knative.dev/serverlessservice", autoscaler.name());
    labels.put("networking.internal.knative.dev/serviceType", type);
    Trees.putAll(metadata, "labels", labels);
    var annotations = new LinkedHashMap<>(autoscaler.annotations());
    annotations.remove(KnativeNames.METRIC);
    Trees.putAll(metadata, "annotations", annotations);
    ObjectNode spec = Trees.child(service.tree(), "spec");
    boolean http2 = autoscaler.spec().path("protocolType").asText().equals("h2c");
    spec.putArray("ports")
        .addObject()
        .put("name", http2 ? "http2" : "http")
        .put("port", 80)
        .put("protocol", "TCP")
        .put("targetPort", "user-port");
    spec.put("sessionAffinity", "None").put("type", "ClusterIP");
    return service;
  }
}
