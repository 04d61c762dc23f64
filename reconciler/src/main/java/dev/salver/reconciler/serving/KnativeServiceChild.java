package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.Keys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A component's Knative Service: its pod as a revision template, and the traffic of a canary. */
final class KnativeServiceChild {
  private static final String SCALING = "autoscaling.knative.dev/";

  /** Annotations that Knative reads on the Service itself, not on the template. */
  private static final List<String> OF_SERVICE =
      List.of(
          "serving.knative.dev/rollout-duration", "serving.knative.openshift.io/enablePassthrough");

  private KnativeServiceChild() {}

  /** {@code workload} is one that {@link PodFinish} went over. */
  static KubeObject of(Workload workload, Job job) {
    Component component = workload.component();
    Map<String, String> annotations = scaling(workload, job);
    Map<String, String> ofService = new LinkedHashMap<>();
    for (String key : OF_SERVICE) {
      String value = annotations.remove(key);
      if (value != null) {
        ofService.put(key, value);
      }
    }
    Map<String, String> labels = new LinkedHashMap<>(workload.labels());
    labels.keySet().removeAll(job.config().keptBackLabels());

    ObjectNode spec = Json.object();
    ObjectNode template = spec.putObject("template");
    ObjectNode metadata = template.putObject("metadata");
    metadata.set("labels", Trees.map(labels));
    metadata.set("annotations", Trees.map(annotations));
    ObjectNode pod = template.putObject("spec");
    component
        .timeout()
        .ifPresent(
            seconds ->
                pod.put("timeoutSeconds", seconds.longValue())
                    .put("responseStartTimeoutSeconds", seconds.longValue()));
    component
        .containerConcurrency()
        .ifPresent(limit -> pod.put("containerConcurrency", limit.longValue()));
    pod.setAll(workload.pod());
    spec.set("traffic", traffic(workload, job));

    KubeObject service =
        Children.child(
            ResourceTypes.KNATIVE_SERVICE,
            job.service(),
            workload.name(),
            workload.labels(),
            ofService,
            spec);
    return Children.marked(service, spec);
  }

  private static Map<String, String> scaling(Workload workload, Job job) {
    Component component = workload.component();
    Map<String, String> all = new LinkedHashMap<>(PodFinish.annotations(workload, job));
    all.putIfAbsent(SCALING + "class", "kpa.autoscaling.knative.dev");
    component.scaleTarget().ifPresent(target -> all.put(SCALING + "target", target.toString()));
    component.scaleMetric().ifPresent(metric -> all.put(SCALING + "metric", metric));
    all.put(SCALING + "min-scale", String.valueOf(component.minReplicas().orElse(1L)));
    if (component.maxReplicas() != 0) {
      all.put(SCALING + "max-scale", String.valueOf(component.maxReplicas()));
    }
    return all;
  }

  /** All to the latest, or a share to it and the rest to the last one that was rolled out. */
  private static ArrayNode traffic(Workload workload, Job job) {
    JsonNode status =
        job.service().object().status().path("components").path(workload.component().kind().word());
    String rolledOut = status.path("latestRolledoutRevision").asText();
    Optional<Long> canary = workload.component().canaryTrafficPercent();
    long percent = canary.isPresent() && !rolledOut.isEmpty() ? canary.get() : 100;
    ArrayNode traffic = Json.array();
    ObjectNode latest = traffic.addObject().put("latestRevision", true).put("percent", percent);
    if (workload.annotations().getOrDefault(Keys.TAG_ROUTING, "").equals("true")) {
      latest.put("tag", "latest");
    }
    if (percent < 100) {
      traffic
          .addObject()
          .put("revisionName", rolledOut)
          .put("latestRevision", false)
          .put("percent", 100 - percent)
          .put("tag", "prev");
    }
    return traffic;
  }
}
