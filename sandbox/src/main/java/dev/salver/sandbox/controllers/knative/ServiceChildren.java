package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a Service is made of: one Configuration and one Route of its name. */
final class ServiceChildren {
  private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

  private ServiceChildren() {}

  /**
   * @param existing whose list of routes is kept
   */
  static KubeObject configuration(KubeObject service, Optional<KubeObject> existing) {
    KubeObject result = Writer.child(service, ResourceTypes.CONFIGURATION, service.name());
    ObjectNode metadata = Trees.child(result.tree(), "metadata");
    var labels = new LinkedHashMap<>(service.labels());
    labels.put(KnativeNames.SERVICE, service.name());
    labels.put(KnativeNames.SERVICE_UID, service.uid());
    Trees.putAll(metadata, "labels", labels);
    Map<String, String> annotations = new LinkedHashMap<>(service.annotations());
    annotations.remove(LAST_APPLIED);
    annotations.remove(KnativeNames.ROLLOUT_DURATION);
    annotations.remove(KnativeNames.OLD_ROLLOUT_DURATION);
    var routes = new TreeSet<>(existing.map(RoutingMeta::routes).orElseGet(Set::of));
    routes.add(service.name());
    annotations.put(KnativeNames.ROUTES, String.join(",", routes));
    Trees.putAll(metadata, "annotations", annotations);
    Trees.child(result.tree(), "spec").set("template", service.spec().path("template"));
    return result;
  }

  /** Targets without a revision mean the Service's own Configuration. */
  static KubeObject route(KubeObject service) {
    KubeObject result = Writer.child(service, ResourceTypes.ROUTE, service.name());
    ObjectNode metadata = Trees.child(result.tree(), "metadata");
    var labels = new LinkedHashMap<>(service.labels());
    labels.put(KnativeNames.SERVICE, service.name());
    Trees.putAll(metadata, "labels", labels);
    var annotations = new LinkedHashMap<>(service.annotations());
    annotations.remove(LAST_APPLIED);
    Trees.putAll(metadata, "annotations", annotations);
    var traffic = Trees.child(result.tree(), "spec").putArray("traffic");
    for (JsonNode target : service.spec().path("traffic")) {
      ObjectNode copy = target instanceof ObjectNode node ? node.deepCopy() : Json.object();
      if (copy.path("revisionName").asText("").isEmpty()) {
        copy.put("configurationName", service.name());
      }
      traffic.add(copy);
    }
    return result;
  }
}
