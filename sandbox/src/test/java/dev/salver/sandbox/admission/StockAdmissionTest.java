package dev.salver.sandbox.admission;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import dev.salver.kube.knative.KnativeFeatures;
import dev.salver.sandbox.api.Admission.Review;
import dev.salver.sandbox.api.Admission.Verdict;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StockAdmissionTest {
  private static KubeObject object(String kind, String metadata, String spec) {
    String version = kind.equals("InferenceService") ? "v1beta1" : "v1alpha1";
    String yaml =
        "{apiVersion: serving.kserve.io/%s, kind: %s, metadata: %s, spec: %s}"
            .formatted(version, kind, metadata, spec);
    return new KubeObject((ObjectNode) Yaml.documents(yaml).getFirst());
  }

  private static Verdict kserve(KubeObject object, Optional<KubeObject> old) {
    return StockAdmission.of(KnativeFeatures.STOCK, "me")
        .hooks()
        .get(1)
        .review(new Review(object, old, "me"));
  }

  @Test
  void aRuntimeThatChangesWhatPythonLoadsIsRefusedByItsOwnWebhook() {
    KubeObject runtime =
        object(
            "ServingRuntime",
            "{name: rt, namespace: demo}",
            "{containers: [{name: kserve-container, env: [{name: PYTHONPATH, value: x}]}]}");
    assertEquals(
        "admission webhook \"servingruntime.kserve-webhook-server.validator\" denied the request:"
            + " the ServingRuntime \"rt\" is invalid: setting PYTHONPATH in container"
            + " \"kserve-container\" is not allowed for security reasons",
        assertInstanceOf(Verdict.Refused.class, kserve(runtime, Optional.empty())).message());
  }

  @Test
  void aServiceThatGoesMayLoseItsFinalizerWhateverItsSpec() {
    String spec = "{predictor: {minReplicas: -1, model: {modelFormat: {name: onnx}}}}";
    KubeObject gone =
        object(
            "InferenceService",
            "{name: iris, namespace: demo, deletionTimestamp: '2026-08-21T00:00:00Z'}",
            spec);
    assertInstanceOf(Verdict.Admitted.class, kserve(gone, Optional.of(gone)));
    assertInstanceOf(Verdict.Refused.class, kserve(gone, Optional.empty()));
  }
}
