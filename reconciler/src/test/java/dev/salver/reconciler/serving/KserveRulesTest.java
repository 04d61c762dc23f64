package dev.salver.reconciler.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.kserve.Runtimes;
import dev.salver.kube.kserve.ServingConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of KServe (v0.20, repository state of 2026-08-21) that no recorded case shows. */
class KserveRulesTest {
  private static final String RUNTIME =
      """
      apiVersion: serving.kserve.io/v1alpha1
      kind: %s
      metadata: %s
      spec:
        disabled: %s
        protocolVersions: [v1]
        supportedModelFormats: [{name: sklearn, autoSelect: true}]
        containers: [{name: kserve-container, image: 'example.com/sk:1', args: ['%s']}]
      """;

  private static KubeObject standard(String annotations, String limits) {
    return Sample.service(
        "Standard",
        ("{annotations: %s, model: {modelFormat: {name: sklearn}, storageUri: 's3://m/iris',"
                + " resources: {limits: %s}}}")
            .formatted(annotations, limits));
  }

  private static JsonNode template(KubeObject service) {
    Rendering rendering = Sample.render(service, Observed.NOTHING);
    return Sample.child(rendering, ResourceTypes.DEPLOYMENT).spec().path("template");
  }

  private static Rendering with(KubeObject service, String... runtimes) {
    var all = new ArrayList<KubeObject>();
    for (String runtime : runtimes) {
      all.addAll(Sample.objects(runtime));
    }
    return Serving.render(
        service, Runtimes.of(all), ServingConfig.DEFAULT, Features.ALL, Observed.NOTHING);
  }

  @Test
  void anAcceleratorIsChosenOnlyForAPodWithAGpu() {
    String annotations = "{serving.kserve.io/gke-accelerator: nvidia-l4}";
    assertFalse(template(standard(annotations, "{cpu: '1'}")).path("spec").has("nodeSelector"));
    assertEquals(
        "nvidia-l4",
        template(standard(annotations, "{nvidia.com/gpu: '1'}"))
            .path("spec")
            .path("nodeSelector")
            .path("cloud.google.com/gke-accelerator")
            .asText());
  }

  @Test
  void scrapingGoesToKservesPortWhateverThePodSays() {
    JsonNode annotations =
        template(
                standard(
                    "{serving.kserve.io/enable-prometheus-scraping: 'true', prometheus.io/port:"
                        + " '1'}",
                    "{cpu: '1'}"))
            .path("metadata")
            .path("annotations");
    assertEquals("9091", annotations.path("prometheus.io/port").asText());
  }

  @Test
  void anUnknownAutoscalerClassOnAComponentIsNamed() {
    Rendering rendering =
        Sample.render(
            standard("{serving.kserve.io/autoscalerClass: magic}", "{cpu: '1'}"), Observed.NOTHING);
    assertEquals(List.of(), rendering.children());
    assertEquals(
        "fails to create NewRawKubeReconciler for predictor: unknown autoscaler class type: magic",
        rendering.events().getFirst().message());
  }

  @Test
  void aTemplateThatCannotBeReadIsNamedInTheModelsStatus() {
    Rendering rendering =
        with(
            Sample.service("Standard", Sample.SKLEARN),
            RUNTIME.formatted("ClusterServingRuntime", "{name: odd}", "false", "{{.Colour}}"));
    assertEquals(
        "failed to replace placeholders in serving runtime odd Container kserve-container",
        rendering.status().at("/modelStatus/lastFailureInfo/message").asText());
  }

  @Test
  void aNamespacesRuntimeOfTheSameNameLendsItsScopeAndAnnotations() {
    String own =
        "{name: sk, namespace: demo, annotations: {serving.kserve.io/server-type: mlserver}}";
    Rendering rendering =
        with(
            Sample.service("Standard", Sample.SKLEARN),
            RUNTIME.formatted("ServingRuntime", own, "true", "own"),
            RUNTIME.formatted("ClusterServingRuntime", "{name: sk}", "false", "cluster"));
    ObjectNode status = rendering.status();
    assertEquals("sk", status.path("servingRuntimeName").asText());
    assertFalse(status.has("clusterServingRuntimeName"));
    JsonNode container =
        Sample.child(rendering, ResourceTypes.DEPLOYMENT).spec().at("/template/spec/containers/0");
    assertEquals("cluster", container.at("/args/0").asText());
    assertEquals("MLSERVER_MODEL_NAME", container.at("/env/0/name").asText());
  }
}
