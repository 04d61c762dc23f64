package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Quantity;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Component;
import dev.salver.kube.kserve.Keys;
import java.util.List;
import java.util.Optional;

/** What scales a Deployment, by the class that an annotation names; {@code hpa} where none does. */
final class Autoscaler {
  private Autoscaler() {}

  /** Nothing for the classes {@code none} and {@code external}. */
  static Optional<KubeObject> of(Workload workload, Job job) {
    return switch (scalerClass(workload)) {
      case "hpa" -> Optional.of(hpa(workload, job));
      case "keda" -> Optional.of(ScaledObjectChild.of(workload, job));
      default -> Optional.empty();
    };
  }

  static String scalerClass(Workload workload) {
    return workload.annotations().getOrDefault(Keys.AUTOSCALER_CLASS, "hpa");
  }

  /** What is wrong with the class; on the service itself admission has looked at it. */
  static Optional<String> unknownClass(Workload workload) {
    String named = scalerClass(workload);
    return List.of("hpa", "keda", "external", "none").contains(named)
        ? Optional.empty()
        : Optional.of("unknown autoscaler class type: " + named);
  }

  private static KubeObject hpa(Workload workload, Job job) {
    Component component = workload.component();
    long min = Math.max(1, component.minReplicas().orElse(1L));
    ObjectNode spec = Json.object();
    spec.putObject("scaleTargetRef")
        .put("apiVersion", "apps/v1")
        .put("kind", "Deployment")
        .put("name", workload.name());
    spec.put("minReplicas", min);
    spec.put("maxReplicas", Math.max(component.maxReplicas(), min));
    ArrayNode metrics = metrics(component);
    if (!metrics.isEmpty()) {
      spec.set("metrics", metrics);
    }
    spec.putObject("behavior");
    return Children.child(
        ResourceTypes.HORIZONTAL_POD_AUTOSCALER,
        job.service(),
        workload.name(),
        workload.labels(),
        workload.annotations(),
        spec);
  }

  private static ArrayNode metrics(Component component) {
    ArrayNode metrics = Json.array();
    JsonNode given = component.spec().path("autoScaling");
    if (given.isObject()) {
      given.path("metrics").forEach(metric -> resource(metrics, metric.path("resource")));
      return metrics;
    }
    String metric = component.scaleMetric().orElse("cpu");
    Optional<Long> target = component.scaleTarget();
    if (metric.equals("cpu")) {
      utilization(metrics, metric, target.orElse(80L));
    } else if (metric.equals("memory") && target.isPresent()) {
      utilization(metrics, metric, target.get());
    }
    return metrics;
  }

  private static void resource(ArrayNode metrics, JsonNode resource) {
    JsonNode target = resource.path("target");
    Optional<Long> percent = Trees.number(target.path("averageUtilization"));
    switch (resource.path("name").asText()) {
      case "cpu" -> utilization(metrics, "cpu", percent.orElse(80L));
      case "memory" -> {
        if (target.path("type").asText().equals("AverageValue")) {
          target(metrics, "memory")
              .put("type", "AverageValue")
              .put("averageValue", Quantity.canonical(target.path("averageValue").asText()));
        } else {
          percent.ifPresent(value -> utilization(metrics, "memory", value));
        }
      }
      default -> {}
    }
  }

  private static void utilization(ArrayNode metrics, String resource, long percent) {
    target(metrics, resource).put("type", "Utilization").put("averageUtilization", percent);
  }

  private static ObjectNode target(ArrayNode metrics, String resource) {
    return metrics
        .addObject()
        .put("type", "Resource")
        .putObject("resource")
        .put("name", resource)
        .putObject("target");
  }
}
