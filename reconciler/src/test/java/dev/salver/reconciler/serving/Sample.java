package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.Yaml;
import dev.salver.kube.kserve.Runtimes;
import dev.salver.kube.kserve.ServingConfig;
import java.time.Instant;
import java.util.List;

/** A small world to render in: one runtime that fetches for itself, one that does not. */
final class Sample {
  static final Runtimes RUNTIMES =
      Runtimes.of(
          objects(
              """
              apiVersion: serving.kserve.io/v1alpha1
              kind: ClusterServingRuntime
              metadata: {name: salver-onnx, annotations: {salver.dev/storage: self}}
              spec:
                protocolVersions: [v1, v2, grpc-v2]
                supportedModelFormats: [{name: onnx, version: '1', autoSelect: true, priority: 2}]
                containers:
                - name: kserve-container
                  image: salver.dev/runtime:0.1
                  args: ['model', '--model_name={{.Name}}']
                  readinessProbe: {httpGet: {path: /v2/health/ready, port: 8080}, periodSeconds: 1}
              ---
              apiVersion: serving.kserve.io/v1alpha1
              kind: ClusterServingRuntime
              metadata: {name: foreign}
              spec:
                protocolVersions: [v1]
                supportedModelFormats: [{name: sklearn, version: '1', autoSelect: true}]
                containers: [{name: kserve-container, image: 'example.com/sk:1', args: ['{{.Name}}']}]
              """));

  private Sample() {}

  static List<KubeObject> objects(String yaml) {
    return Yaml.documents(yaml).stream().map(n -> new KubeObject((ObjectNode) n)).toList();
  }

  /** A service named iris in namespace demo. */
  static KubeObject service(String mode, String predictor) {
    return objects(
            """
            apiVersion: serving.kserve.io/v1beta1
            kind: InferenceService
            metadata:
              name: iris
              namespace: demo
              uid: u1
              generation: 1
              annotations: {serving.kserve.io/deploymentMode: %s}
            spec:
              predictor: %s
            """
                .formatted(mode, predictor))
        .getFirst();
  }

  static final String ONNX =
      "{model: {modelFormat: {name: onnx}, protocolVersion: v2, storageUri: 's3://m/iris'}}";
  static final String SKLEARN =
      "{model: {modelFormat: {name: sklearn}, storageUri: 's3://m/iris'}}";

  static Rendering render(KubeObject service, Observed observed) {
    return render(service, observed, Features.ALL);
  }

  static Rendering render(KubeObject service, Observed observed, Features features) {
    return Serving.render(service, RUNTIMES, ServingConfig.DEFAULT, features, observed);
  }

  /** The service with the status of a rendering. */
  static KubeObject after(KubeObject service, Rendering rendering) {
    KubeObject copy = service.copy();
    copy.tree()
        .set("status", Conditions.stamp(rendering.status(), Instant.ofEpochSecond(1_700_000_000)));
    return copy;
  }

  /** The service once its workloads and routes are ready, with what was rendered last. */
  static KubeObject ready(KubeObject service) {
    KubeObject now = service;
    Observed observed = Observed.NOTHING;
    for (int pass = 0; pass < 4; pass++) {
      Rendering rendering = render(now, observed);
      observed = new Observed(ReadyCluster.of(rendering.children()), List.of());
      now = after(now, rendering);
    }
    return now;
  }

  /** Every child of a service that {@link #ready} made, as the cluster then holds it. */
  static List<KubeObject> everything(KubeObject ready) {
    var workloads = ReadyCluster.of(render(ready, Observed.NOTHING).children());
    return ReadyCluster.of(render(ready, new Observed(workloads, List.of())).children());
  }

  static KubeObject child(Rendering rendering, ResourceType type) {
    return rendering.children().stream()
        .filter(c -> c.gvk().equals(type.gvk()))
        .findFirst()
        .orElseThrow();
  }

  /** A pod of the predictor; {@code status} is YAML. */
  static KubeObject pod(String labels, String status) {
    return objects(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: iris-predictor-x, namespace: demo, labels: %s}
            status: %s
            """
                .formatted(labels, status))
        .getFirst();
  }

  static JsonNode pod(KubeObject workload) {
    return workload.spec().path("template").path("spec");
  }
}
