package dev.salver.sandbox.controllers.knative;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.knative.KnativeNames;
import dev.salver.sandbox.controllers.Trees;
import dev.salver.sandbox.controllers.Writer;
import java.util.Map;

/** The PodAutoscaler of a Revision. */
final class RevisionAutoscaler {
  static final String UNREACHABLE = "Unreachable";

  private RevisionAutoscaler() {}

  static KubeObject make(KubeObject revision, Conditions conditions, KubeObject deployment) {
    KubeObject autoscaler = Writer.child(revision, ResourceTypes.POD_AUTOSCALER, revision.name());
    ObjectNode metadata = Trees.child(autoscaler.tree(), "metadata");
    Trees.putAll(metadata, "labels", RevisionLabels.labels(revision));
    Map<String, String> annotations = RevisionLabels.autoscalerAnnotations(revision);
    annotations.putIfAbsent(KnativeNames.CLASS, KnativeNames.KPA);
    annotations.putIfAbsent(
        KnativeNames.METRIC,
        annotations.get(KnativeNames.CLASS).equals(KnativeNames.HPA) ? "cpu" : "concurrency");
    Trees.putAll(metadata, "annotations", annotations);

    ObjectNode spec = Trees.child(autoscaler.tree(), "spec");
    long concurrency = revision.spec().path("containerConcurrency").asLong();
    if (concurrency != 0) {
      spec.put("containerConcurrency", concurrency);
    }
    boolean http2 =
        RevisionContainers.serving(revision.spec())
            .path("ports")
            .path(0)
            .path("name")
            .asText("")
            .equals("h2c");
    spec.put("protocolType", http2 ? "h2c" : "http1");
    String reachability = reachability(revision, conditions, deployment);
    Trees.putText(spec, "reachability", reachability);
    spec.putObject("scaleTargetRef")
        .put("apiVersion", "apps/v1")
        .put("kind", "Deployment")
        .put("name", deployment.name());
    return autoscaler;
  }

  /** Who may be asked: a revision with a route, unless nothing of it can run. */
  private static String reachability(
      KubeObject revision, Conditions conditions, KubeObject deployment) {
    boolean broken =
        conditions.isFalse(RevisionStatus.RESOURCES_AVAILABLE)
            || conditions.isFalse(RevisionStatus.CONTAINER_HEALTHY);
    if (broken
        && deployment.spec().path("replicas").asInt(1) > 0
        && deployment.status().path("readyReplicas").asInt() == 0) {
      return UNREACHABLE;
    }
    return switch (revision.label(KnativeNames.ROUTING_STATE).orElse("")) {
      case "active" -> "Reachable";
      case "reserve" -> UNREACHABLE;
      default -> "";
    };
  }
}
