package dev.salver.kube.kserve;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Quantity;
import java.util.List;
import java.util.Optional;

/** Replicas, concurrency, logger and autoscaling of one component. */
final class ScalingRules {
  private static final List<String> LOGGER_MODES = List.of("all", "request", "response");

  private ScalingRules() {}

  static Optional<String> extension(Component component) {
    long min = component.minReplicas().orElse(1L);
    long max = component.maxReplicas();
    if (component.containerConcurrency().orElse(0L) < 0) {
      return Optional.of("parallelism cannot be less than 0");
    }
    if (min < 0) {
      return Optional.of("'MinReplicas' cannot be less than 0");
    }
    if (max < 0) {
      return Optional.of("'MaxReplicas' cannot be less than 0");
    }
    if (min > max && max != 0) {
      return Optional.of("'MinReplicas' cannot be greater than MaxReplicas");
    }
    JsonNode logger = component.spec().path("logger");
    if (logger.isObject() && !LOGGER_MODES.contains(logger.path("mode").asText())) {
      return Optional.of("invalid logger type");
    }
    JsonNode storage = logger.path("storage");
    if (storage.isObject()
        && !(storage.has("path") && storage.has("parameters") && storage.has("key"))) {
      return Optional.of("invalid logger storage configuration");
    }
    return Optional.empty();
  }

  /**
   * What the autoscaler asks for. In Standard mode KServe looks only where the class is annotated.
   */
  static Optional<String> autoscaling(Component component, InferenceService service) {
    String mode = service.annotations().getOrDefault(Keys.DEPLOYMENT_MODE, "");
    if (mode.equals(DeploymentMode.STANDARD.word())) {
      return switch (service.annotations().getOrDefault(Keys.AUTOSCALER_CLASS, "")) {
        case "hpa" -> hpa(component);
        case "keda" -> keda(component);
        default -> Optional.empty();
      };
    }
    String knativeClass = service.annotations().getOrDefault("autoscaling.knative.dev/class", "");
    return knativeClass.equals("hpa.autoscaling.knative.dev") ? hpa(component) : kpa(component);
  }

  private static Optional<String> kpa(Component component) {
    if (component.spec().path("deploymentStrategy").isObject()) {
      return Optional.of(
          "customizing deploymentStrategy is only supported for raw deployment mode");
    }
    String metric = component.scaleMetric().orElse("concurrency");
    if (!metric.equals("concurrency") && !metric.equals("rps")) {
      return Optional.of("[" + metric + "] is not a supported metric");
    }
    return metric.equals("rps") && component.scaleTarget().orElse(1L) < 1
        ? Optional.of("the target for rps should be greater than 1")
        : Optional.empty();
  }

  private static Optional<String> hpa(Component component) {
    String metric = component.scaleMetric().orElse("cpu");
    if (!metric.equals("cpu") && !metric.equals("memory")) {
      return Optional.of("[" + metric + "] is not a supported metric");
    }
    if (component.scaleTarget().isPresent()) {
      long target = component.scaleTarget().get();
      if ((metric.equals("cpu") && target < 1) || target > 100) {
        return Optional.of("the target utilization percentage should be a [1-100] integer");
      }
      if (metric.equals("memory") && target < 1) {
        return Optional.of("the target memory should be greater than 1 MiB");
      }
    }
    for (JsonNode one : component.spec().path("autoScaling").path("metrics")) {
      String type = one.path("type").asText();
      if (!type.equals("Resource")) {
        return Optional.of(
            "invalid HPA metric source type with value ["
                + type
                + "],valid metric source types are Resource");
      }
      if (!one.path("resource").isObject()) {
        return Optional.of("metricSpec.Resource is not set for resource metric source type");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> keda(Component component) {
    if (component.scaleMetric().isPresent()) {
      return Optional.of("ScaleMetric is not supported for KEDA");
    }
    for (JsonNode metric : component.spec().path("autoScaling").path("metrics")) {
      Optional<String> wrong =
          switch (metric.path("type").asText()) {
            case "Resource" -> kedaResource(metric.path("resource"));
            case "External" -> kedaQuery(metric.path("external"), "External", "external");
            case "PodMetric" -> kedaQuery(metric.path("podmetric"), "PodMetric", "pod");
            default ->
                Optional.of(
                    "unknown KEDA metric type with value ["
                        + metric.path("type").asText()
                        + "].Valid types are Resource,External,PodMetric");
          };
      if (wrong.isPresent()) {
        return wrong;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> kedaResource(JsonNode resource) {
    if (!resource.isObject()) {
      return Optional.of("metricSpec.Resource is not set for resource metric source type");
    }
    JsonNode target = resource.path("target");
    String type = target.path("type").asText();
    switch (resource.path("name").asText()) {
      case "cpu" -> {
        if (!type.equals("Utilization")) {
          return Optional.of("the cpu target value type should be Utilization");
        }
      }
      case "memory" -> {
        if (!type.equals("AverageValue") && !type.equals("Utilization")) {
          return Optional.of("the memory target value type should be AverageValue or Utilization");
        }
        var amount = Quantity.parse(target.path("averageValue").asText());
        boolean small =
            amount.isEmpty() || amount.get().compareTo(Quantity.parse("1Mi").orElseThrow()) < 0;
        if (type.equals("AverageValue") && small) {
          return Optional.of("the memory target value should be greater than 1 MiB");
        }
      }
      default -> {
        return Optional.of("resource type " + resource.path("name").asText() + " is not supported");
      }
    }
    return target(target);
  }

  private static Optional<String> kedaQuery(JsonNode metric, String title, String word) {
    if (!metric.isObject()) {
      return Optional.of("metricSpec." + title + " is not set for " + word + " metric source type");
    }
    if (metric.path("metric").path("query").asText().isEmpty()) {
      return Optional.of("the query should not be empty");
    }
    return metric.path("target").hasNonNull("value")
        ? target(metric.path("target"))
        : Optional.of("the target threshold value should not be empty");
  }

  private static Optional<String> target(JsonNode target) {
    return switch (target.path("type").asText()) {
      case "Utilization" -> {
        if (!target.hasNonNull("averageUtilization")) {
          yield Optional.of("the AverageUtilization type should be set");
        }
        long percent = target.path("averageUtilization").asLong();
        yield percent < 1 || percent > 100
            ? Optional.of("the target utilization percentage should be a [1-100] integer")
            : Optional.empty();
      }
      case "AverageValue" ->
          target.hasNonNull("averageValue")
              ? Optional.empty()
              : Optional.of("the AverageValue type should be set");
      case "Value" ->
          target.hasNonNull("value")
              ? Optional.empty()
              : Optional.of("the Value type should be set");
      default -> Optional.empty();
    };
  }
}
