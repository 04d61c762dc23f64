package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.Component;
import java.util.Optional;

/** KEDA's ScaledObject for a Deployment. */
final class ScaledObjectChild {
  private ScaledObjectChild() {}

  static KubeObject of(Workload workload, Job job) {
    Component component = workload.component();
    long min = component.minReplicas().orElse(1L);
    ObjectNode spec = Json.object();
    spec.putObject("scaleTargetRef").put("name", workload.name());
    spec.put("minReplicaCount", min);
    spec.put("maxReplicaCount", Math.max(component.maxReplicas(), min));
    ArrayNode triggers = Json.array();
    component
        .spec()
        .path("autoScaling")
        .path("metrics")
        .forEach(metric -> trigger(metric, workload, job).ifPresent(triggers::add));
    spec.set("triggers", triggers);
    ObjectNode behavior = Json.object();
    window(behavior, "scaleDown", "scaleDownStabilizationWindowSeconds", component, job);
    window(behavior, "scaleUp", "scaleUpStabilizationWindowSeconds", component, job);
    if (!behavior.isEmpty()) {
      spec.putObject("advanced")
          .putObject("horizontalPodAutoscalerConfig")
          .set("behavior", behavior);
    }
    return Children.child(
        ResourceTypes.SCALED_OBJECT,
        job.service(),
        workload.name(),
        workload.labels(),
        workload.annotations(),
        spec);
  }

  private static void window(
      ObjectNode behavior, String direction, String setting, Component component, Job job) {
    JsonNode own =
        component
            .spec()
            .path("autoScaling")
            .path("behavior")
            .path(direction)
            .path("stabilizationWindowSeconds");
    int fallback = job.config().section("autoscaler").path(setting).asInt(-1);
    int seconds = own.isNumber() ? own.asInt() : fallback;
    if (seconds >= 0) {
      behavior.putObject(direction).put("stabilizationWindowSeconds", seconds);
    }
  }

  private static Optional<ObjectNode> trigger(JsonNode metric, Workload workload, Job job) {
    return switch (metric.path("type").asText()) {
      case "Resource" -> Optional.of(resource(metric.path("resource")));
      case "External" -> Optional.of(external(metric.path("external")));
      case "PodMetric" -> Optional.of(pods(metric.path("podmetric"), workload, job));
      default -> Optional.empty();
    };
  }

  private static ObjectNode resource(JsonNode resource) {
    JsonNode target = resource.path("target");
    String type = target.path("type").asText();
    boolean cpu = resource.path("name").asText().equals("cpu");
    String value =
        switch (type) {
          case "Utilization" -> target.path("averageUtilization").asText(cpu ? "80" : "0");
          case "AverageValue" -> target.path("averageValue").asText("0");
          case "Value" -> target.path("value").asText("0");
          default -> "0";
        };
    ObjectNode trigger = Json.object().put("type", resource.path("name").asText());
    trigger.putObject("metadata").put("value", value);
    return trigger.put("metricType", type);
  }

  private static ObjectNode external(JsonNode external) {
    JsonNode metric = external.path("metric");
    String backend = metric.path("backend").asText();
    ObjectNode trigger = Json.object().put("type", backend);
    ObjectNode metadata =
        trigger
            .putObject("metadata")
            .put("serverAddress", metric.path("serverAddress").asText())
            .put("query", metric.path("query").asText())
            .put("threshold", external.path("target").path("value").asText("0"));
    String namespace = metric.path("namespace").asText();
    if (backend.equals("prometheus") && !namespace.isEmpty()) {
      metadata.put("namespace", namespace);
    }
    JsonNode authentication = external.path("authenticationRef");
    Trees.text(authentication.path("authModes"))
        .filter(modes -> !modes.isEmpty())
        .ifPresent(modes -> metadata.put("authModes", modes));
    Trees.text(authentication.path("authenticationRef").path("name"))
        .filter(name -> !name.isEmpty())
        .ifPresent(name -> trigger.putObject("authenticationRef").put("name", name));
    return trigger;
  }

  private static ObjectNode pods(JsonNode pods, Workload workload, Job job) {
    JsonNode metric = pods.path("metric");
    String address =
        metric
            .path("serverAddress")
            .asText(
                job.config()
                    .section("opentelemetryCollector")
                    .path("metricScalerEndpoint")
                    .asText());
    ObjectNode trigger = Json.object().put("type", "external");
    ObjectNode metadata =
        trigger
            .putObject("metadata")
            .put(
                "metricQuery",
                "sum(%s{namespace=\"%s\", deployment=\"%s\"})"
                    .formatted(
                        metric.path("query").asText(), job.service().namespace(), workload.name()))
            .put("targetValue", pods.path("target").path("value").asText("0"))
            .put("scalerAddress", address);
    Trees.text(metric.path("operationOverTime"))
        .filter(operation -> !operation.isEmpty())
        .ifPresent(operation -> metadata.put("operationOverTime", operation));
    return trigger;
  }
}
