package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Quantity;
import dev.salver.kube.kserve.Keys;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every pod gets at the end: model, sidecars, scraping, canonical quantities. */
final class PodFinish {
  private PodFinish() {}

  /** Changes the workload's pod; empty where all was done. */
  static Optional<Failure> apply(Workload workload, Job job) {
    String accelerator = workload.annotations().get(Keys.GKE_ACCELERATOR);
    if (accelerator != null && usesGpu(workload.pod())) {
      workload
          .pod()
          .withObjectProperty("nodeSelector")
          .put("cloud.google.com/gke-accelerator", accelerator);
    }
    Optional<Failure> failure = Storage.place(workload, job);
    if (failure.isPresent()) {
      return failure;
    }
    Agent.add(workload, job);
    canonical(workload.pod());
    return Optional.empty();
  }

  /** The kind of node is chosen only for pods that ask for a GPU, as KServe's pod webhook does. */
  private static boolean usesGpu(ObjectNode pod) {
    for (JsonNode container : pod.path("containers")) {
      if (container.path("resources").path("limits").has("nvidia.com/gpu")) {
        return true;
      }
    }
    return false;
  }

  /**
   * The annotations of a pod template: the workload's, and where Prometheus finds metrics; what the
   * workload says about the latter itself gives way, as in KServe.
   */
  static Map<String, String> annotations(Workload workload, Job job) {
    JsonNode config = job.config().section("metricsAggregator");
    boolean aggregate =
        isTrue(workload, Keys.METRIC_AGGREGATION, config.path("enableMetricAggregation"));
    boolean scrape =
        isTrue(workload, Keys.PROMETHEUS_SCRAPING, config.path("enablePrometheusScraping"));
    var all = new LinkedHashMap<>(workload.annotations());
    if (scrape) {
      all.put("prometheus.io/port", aggregate ? "9088" : "9091");
      all.put("prometheus.io/path", "/metrics");
    }
    return all;
  }

  private static boolean isTrue(Workload workload, String annotation, JsonNode fallback) {
    return workload.annotations().getOrDefault(annotation, fallback.asText()).equals("true");
  }

  /** Quantities as the API server writes them, so that what is applied is what is read back. */
  private static void canonical(ObjectNode pod) {
    for (String list : List.of("containers", "initContainers")) {
      for (JsonNode container : pod.path(list)) {
        for (String half : List.of("limits", "requests")) {
          if (container.path("resources").path(half) instanceof ObjectNode amounts) {
            for (String name : amounts.properties().stream().map(Map.Entry::getKey).toList()) {
              amounts.put(name, Quantity.canonical(amounts.path(name).asText()));
            }
          }
        }
      }
    }
  }
}
