package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Trees;
import java.util.List;

/** Stands in for the controllers that make workloads ready: statuses only, no pods, no routes. */
final class ReadyCluster {
  private ReadyCluster() {}

  /** What would be observed once everything that was rendered is ready. */
  static List<KubeObject> of(List<KubeObject> rendered) {
    return rendered.stream().map(ReadyCluster::ready).toList();
  }

  private static KubeObject ready(KubeObject child) {
    return switch (child.gvk().toString()) {
      case "apps/v1/Deployment" -> deployment(child);
      case "serving.knative.dev/v1/Service" -> knative(child, child.name() + "-00001");
      default -> child;
    };
  }

  static KubeObject deployment(KubeObject rendered) {
    KubeObject copy = rendered.copy();
    copy.tree().withObjectProperty("metadata").put("generation", 1);
    ObjectNode status = copy.tree().putObject("status").put("observedGeneration", 1);
    status.put("replicas", 1).put("updatedReplicas", 1).put("availableReplicas", 1);
    ArrayNode conditions = status.putArray("conditions");
    conditions
        .addObject()
        .put("type", "Available")
        .put("status", "True")
        .put("reason", "MinimumReplicasAvailable")
        .put("message", "ok");
    conditions
        .addObject()
        .put("type", "Progressing")
        .put("status", "True")
        .put("reason", "NewReplicaSetAvailable")
        .put("message", "ok");
    return copy;
  }

  static KubeObject knative(KubeObject rendered, String revision) {
    KubeObject copy = rendered.copy();
    copy.tree().withObjectProperty("metadata").put("generation", 1);
    ObjectNode status = copy.tree().putObject("status").put("observedGeneration", 1);
    status
        .put("latestCreatedRevisionName", revision)
        .put("latestReadyRevisionName", revision)
        .put("url", "http://" + copy.name() + "." + copy.namespace() + ".example.com");
    status
        .putObject("address")
        .put("url", "http://" + copy.name() + "." + copy.namespace() + ".svc.cluster.local");
    for (String type : List.of("ConfigurationsReady", "Ready", "RoutesReady")) {
      status.withArrayProperty("conditions").addObject().put("type", type).put("status", "True");
    }
    status
        .putArray("traffic")
        .addObject()
        .put("latestRevision", true)
        .put("percent", 100)
        .put("revisionName", revision);
    return copy;
  }

  static ArrayNode traffic(JsonNode wanted, String latest) {
    ArrayNode traffic = Json.array();
    for (JsonNode target : wanted) {
      ObjectNode copy = Trees.copy(target);
      if (target.path("latestRevision").asBoolean()) {
        copy.put("revisionName", latest);
      }
      traffic.add(copy);
    }
    return traffic;
  }
}
