package dev.salver.kube.defaults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;

/**
 * The API server's defaults for the built-in kinds that Salver renders (Kubernetes 1.36): Pod,
 * Deployment, ReplicaSet, Service, HorizontalPodAutoscaler, Ingress; and those that Gateway API's
 * definition gives HTTPRoutes. Objects of other kinds come back as they are. What a server assigns
 * (cluster IPs, node ports) is not filled in.
 */
public final class KubernetesDefaults {
  private KubernetesDefaults() {}

  /** A copy with the defaults; the given object is not changed. */
  public static KubeObject apply(KubeObject object) {
    KubeObject copy = object.copy();
    ObjectNode spec = Trees.child(copy.tree(), "spec");
    switch (object.gvk().group() + "/" + object.kind()) {
      case "/Pod" -> {
        PodDefaults.fill(spec);
        Fill.in(spec, "enableServiceLinks", true);
      }
      case "apps/Deployment" -> deployment(spec);
      case "apps/ReplicaSet" -> {
        Fill.in(spec, "replicas", 1);
        template(spec);
      }
      case "/Service" -> service(spec);
      case "autoscaling/HorizontalPodAutoscaler" -> autoscaler(spec);
      case "networking.k8s.io/Ingress" -> ingress(spec);
      case "gateway.networking.k8s.io/HTTPRoute" -> route(spec);
      default -> {
        return object;
      }
    }
    return copy;
  }

  private static void template(ObjectNode spec) {
    PodDefaults.fill(Trees.child(Trees.child(spec, "template"), "spec"));
  }

  private static void deployment(ObjectNode spec) {
    Fill.in(spec, "replicas", 1);
    Fill.in(spec, "revisionHistoryLimit", 10);
    Fill.in(spec, "progressDeadlineSeconds", 600);
    ObjectNode strategy = Trees.child(spec, "strategy");
    Fill.in(strategy, "type", "RollingUpdate");
    if (strategy.path("type").asText().equals("RollingUpdate")) {
      ObjectNode rolling = Trees.child(strategy, "rollingUpdate");
      Fill.in(rolling, "maxSurge", "25%");
      Fill.in(rolling, "maxUnavailable", "25%");
    }
    template(spec);
  }

  private static void service(ObjectNode spec) {
    Fill.in(spec, "type", "ClusterIP");
    Fill.in(spec, "sessionAffinity", "None");
    if (spec.path("type").asText().equals("ExternalName")) {
      return;
    }
    Fill.in(spec, "internalTrafficPolicy", "Cluster");
    Fill.in(spec, "ipFamilyPolicy", "SingleStack");
    if (!spec.has("ipFamilies")) {
      spec.putArray("ipFamilies").add("IPv4");
    }
    for (JsonNode node : spec.path("ports")) {
      Fill.in(node, "protocol", "TCP");
      if (node instanceof ObjectNode port && !port.hasNonNull("targetPort")) {
        port.set("targetPort", port.path("port"));
      }
    }
  }

  private static void autoscaler(ObjectNode spec) {
    Fill.in(spec, "minReplicas", 1);
    if (spec.path("metrics").isEmpty()) {
      ObjectNode cpu = spec.putArray("metrics").addObject().put("type", "Resource");
      cpu.putObject("resource")
          .put("name", "cpu")
          .putObject("target")
          .put("type", "Utilization")
          .put("averageUtilization", 80);
    }
    if (spec.path("behavior") instanceof ObjectNode behavior) {
      ObjectNode up = Trees.child(behavior, "scaleUp");
      Fill.in(up, "stabilizationWindowSeconds", 0);
      policies(up, Json.array().add(policy("Pods", 4)).add(policy("Percent", 100)));
      policies(Trees.child(behavior, "scaleDown"), Json.array().add(policy("Percent", 100)));
    }
  }

  private static void policies(ObjectNode rules, ArrayNode fallback) {
    Fill.in(rules, "selectPolicy", "Max");
    if (!rules.has("policies")) {
      rules.set("policies", fallback);
    }
  }

  private static ObjectNode policy(String type, int value) {
    return Json.object().put("type", type).put("value", value).put("periodSeconds", 15);
  }

  private static void ingress(ObjectNode spec) {
    for (JsonNode rule : spec.path("rules")) {
      for (JsonNode path : rule.path("http").path("paths")) {
        Fill.in(path, "pathType", "ImplementationSpecific");
      }
    }
  }

  private static void route(ObjectNode spec) {
    for (JsonNode parent : spec.path("parentRefs")) {
      Fill.in(parent, "group", "gateway.networking.k8s.io");
      Fill.in(parent, "kind", "Gateway");
    }
    for (JsonNode rule : spec.path("rules")) {
      for (JsonNode backend : rule.path("backendRefs")) {
        Fill.in(backend, "group", "");
        Fill.in(backend, "kind", "Service");
        Fill.in(backend, "weight", 1);
      }
      if (rule instanceof ObjectNode object && !object.has("matches")) {
        object
            .putArray("matches")
            .addObject()
            .putObject("path")
            .put("type", "PathPrefix")
            .put("value", "/");
      }
      for (JsonNode match : rule.path("matches")) {
        if (match.path("path") instanceof ObjectNode path) {
          Fill.in(path, "type", "PathPrefix");
          Fill.in(path, "value", "/");
        }
        for (JsonNode header : match.path("headers")) {
          Fill.in(header, "type", "Exact");
        }
      }
    }
  }
}
