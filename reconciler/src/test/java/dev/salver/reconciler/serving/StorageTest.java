package dev.salver.reconciler.serving;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceType;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.knative.KnativeAdmission;
import dev.salver.kube.knative.KnativeFeatures;
import dev.salver.kube.kserve.Keys;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageTest {
  private static final Features STOCK_KNATIVE =
      new Features(true, false, false, false, Map.of(), false);

  private static ResourceType workload(String mode) {
    return mode.equals("Standard") ? ResourceTypes.DEPLOYMENT : ResourceTypes.KNATIVE_SERVICE;
  }

  @ParameterizedTest
  @ValueSource(strings = {"Standard", "Knative"})
  void aRuntimeThatFetchesForItselfGetsOneContainerAVariableAndAnEmptyFolder(String mode) {
    Rendering rendering =
        Sample.render(Sample.service(mode, Sample.ONNX), Observed.NOTHING, STOCK_KNATIVE);
    KubeObject workload = Sample.child(rendering, workload(mode));
    JsonNode pod = Sample.pod(workload);
    assertEquals(1, pod.path("containers").size());
    assertFalse(pod.has("initContainers"));
    assertEquals(
        "s3://m/iris",
        Trees.named(pod.at("/containers/0/env"), "STORAGE_URI")
            .orElseThrow()
            .path("value")
            .asText());
    assertEquals("/mnt/models", pod.at("/containers/0/volumeMounts/0/mountPath").asText());
    assertFalse(pod.at("/containers/0/volumeMounts/0").has("readOnly"));
    assertTrue(pod.at("/volumes/0").has("emptyDir"));
    assertFalse(workload.annotations().containsKey(Keys.SOURCE_URI));
    assertFalse(
        workload.spec().at("/template/metadata/annotations").has(Keys.SOURCE_URI),
        "a stock KServe must not fetch a second time");
  }

  @Test
  void aForeignRuntimeOnAStockKnativeIsNotCreatedAndTheFlagIsNamed() {
    Rendering rendering =
        Sample.render(Sample.service("Knative", Sample.SKLEARN), Observed.NOTHING, STOCK_KNATIVE);
    assertEquals(List.of(), rendering.children());
    KubeObject after = Sample.after(Sample.service("Knative", Sample.SKLEARN), rendering);
    assertEquals(
        "KnativeFeatureDisabled", after.condition("PredictorReady").path("reason").asText());
    String message = after.condition("Ready").path("message").asText();
    assertTrue(message.contains("kubernetes.podspec-init-containers"), message);
  }

  @Test
  void aFieldThatKnativeNeverTakesIsNamed() {
    Rendering rendering =
        Sample.render(
            Sample.service(
                "Knative",
                "{terminationGracePeriodSeconds: 60, model: {modelFormat: {name: onnx},"
                    + " storageUri: 's3://m/iris'}}"),
            Observed.NOTHING,
            STOCK_KNATIVE);
    KubeObject after = Sample.after(Sample.service("Knative", Sample.ONNX), rendering);
    String message = after.condition("PredictorReady").path("message").asText();
    assertTrue(message.contains("terminationGracePeriodSeconds"), message);
  }

  @Test
  void theSelfFetchingContainerGetsTheCredentialsOfItsServiceAccount() {
    var related =
        Sample.objects(
            """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: reader, namespace: demo}
            secrets: [{name: bucket}]
            ---
            apiVersion: v1
            kind: Secret
            metadata:
              name: bucket
              namespace: demo
              annotations: {serving.kserve.io/s3-endpoint: 'minio:9000', serving.kserve.io/s3-usehttps: '0'}
            data: {AWS_ACCESS_KEY_ID: YQ==, AWS_SECRET_ACCESS_KEY: Yg==}
            """);
    Rendering rendering =
        Sample.render(
            Sample.service(
                "Standard",
                "{serviceAccountName: reader, model: {modelFormat: {name: onnx}, storageUri:"
                    + " 's3://m/iris'}}"),
            new Observed(List.of(), List.of(), related));
    JsonNode env =
        Sample.pod(Sample.child(rendering, ResourceTypes.DEPLOYMENT)).at("/containers/0/env");
    assertEquals(
        "http://minio:9000",
        Trees.named(env, "AWS_ENDPOINT_URL").orElseThrow().path("value").asText());
    assertEquals(
        "bucket",
        Trees.named(env, "AWS_SECRET_ACCESS_KEY")
            .orElseThrow()
            .at("/valueFrom/secretKeyRef/name")
            .asText());
    assertFalse(env.toString().contains("Yg=="), "the key itself stays in its Secret");
  }

  @Test
  void aClaimIsMountedDirectlyWithItsFolder() {
    Rendering rendering =
        Sample.render(
            Sample.service(
                "Standard", "{model: {modelFormat: {name: onnx}, storageUri: 'pvc://disk/a/b'}}"),
            Observed.NOTHING);
    JsonNode pod = Sample.pod(Sample.child(rendering, ResourceTypes.DEPLOYMENT));
    assertEquals("a/b", pod.at("/containers/0/volumeMounts/0/subPath").asText());
    assertEquals("disk", pod.at("/volumes/0/persistentVolumeClaim/claimName").asText());
  }

  @Test
  void anUnknownSchemeIsRefusedWithTheListOfThoseThatWork() {
    Rendering rendering =
        Sample.render(
            Sample.service(
                "Standard", "{model: {modelFormat: {name: onnx}, storageUri: 'ftp://x/y'}}"),
            Observed.NOTHING);
    assertFalse(rendering.prune(), "what ran before goes on");
    String message = rendering.status().at("/conditions/1/message").asText();
    assertTrue(message.contains("StorageUri [ftp://x/y] is not supported"), message);
    assertEquals(
        Set.of("InternalError"),
        Set.copyOf(rendering.events().stream().map(Rendering.Notice::reason).toList()));
  }

  @Test
  void whatIsRenderedForAStockKnativeIsAdmittedThere() {
    Rendering rendering =
        Sample.render(Sample.service("Knative", Sample.ONNX), Observed.NOTHING, STOCK_KNATIVE);
    var result =
        KnativeAdmission.admit(
            Sample.child(rendering, ResourceTypes.KNATIVE_SERVICE),
            Optional.empty(),
            "",
            KnativeFeatures.STOCK);
    assertTrue(result instanceof KnativeAdmission.Admitted, result.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{containers: text}",
        "{containers: [text]}",
        "{model: [1]}",
        "{model: {modelFormat: {name: onnx}, env: {}}}",
        "{model: {modelFormat: {name: onnx}, resources: 7}}",
        "[]",
        "{}"
      })
  void aSpecificationOfTheWrongFormIsAConditionAndNothingElse(String predictor) {
    Rendering rendering = Sample.render(Sample.service("Standard", predictor), Observed.NOTHING);
    assertEquals(List.of(), rendering.children());
    assertTrue(rendering.status().toString().contains("InvalidPredictorSpec"));
  }
}
