package dev.salver.reconciler.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.git.BareRepository;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.Yaml;
import dev.salver.reconciler.FakeCluster;
import dev.salver.reconciler.VirtualScheduler;
import dev.salver.reconciler.cluster.ClusterException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How what a cluster keeps secret reaches the pods that fetch, and nobody else. */
class ServingCredentialsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final ObjectKey DEPLOYMENT =
      new ObjectKey(ResourceTypes.DEPLOYMENT.gvk(), "demo", "iris-predictor");

  /** "key", "word" and "http://minio:9000". */
  private static final String BUCKET =
      """
      apiVersion: v1
      kind: Secret
      metadata:
        name: bucket
        namespace: demo
        annotations: {serving.kserve.io/s3-region: eu-1, note: 'd29yZA=='}
      data:
        AWS_ACCESS_KEY_ID: a2V5
        AWS_SECRET_ACCESS_KEY: d29yZA==
        S3_ENDPOINT: aHR0cDovL21pbmlvOjkwMDA=
        S3_VERIFY_SSL: d29yZA==
      """;

  private static final String READER =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: reader, namespace: demo}
      secrets: [{name: bucket}]
      """;

  @TempDir Path folder;
  private final FakeCluster cluster = new FakeCluster();
  private final VirtualScheduler time = new VirtualScheduler();
  private final List<String> calls = new ArrayList<>();
  private Operator operator;

  @BeforeEach
  void start() {
    cluster.create(KubeObject.named(ResourceTypes.NAMESPACE.gvk(), "", "demo"), "test");
    cluster.unserved.add(ResourceTypes.KNATIVE_SERVICE);
    cluster.beforeEachCall(calls::add);
    create(
        """
        apiVersion: serving.kserve.io/v1alpha1
        kind: ServingRuntime
        metadata: {name: own, namespace: demo, annotations: {salver.dev/storage: self}}
        spec:
          protocolVersions: [v2]
          supportedModelFormats: [{name: onnx, version: '1', autoSelect: true}]
          containers: [{name: kserve-container, image: 'example.com/own:1'}]
        """);
    create(
        """
        apiVersion: serving.kserve.io/v1alpha1
        kind: ServingRuntime
        metadata: {name: foreign, namespace: demo}
        spec:
          protocolVersions: [v2]
          supportedModelFormats: [{name: sklearn, version: '1', autoSelect: true}]
          containers: [{name: kserve-container, image: 'example.com/sk:1'}]
        """);
    BareRepository.open(folder.resolve("live.git")).close();
    operator =
        Operator.start(
            cluster,
            OperatorOptions.of(
                folder.resolve("live.git").toString(), "main", "", folder.resolve("mirror")),
            time,
            happening -> {});
  }

  @AfterEach
  void stop() {
    operator.close();
  }

  private void create(String yaml) {
    cluster.create(new KubeObject((ObjectNode) Yaml.documents(yaml).getFirst()), "test");
  }

  private void iris(String annotations, String account, String format, String uri) {
    create(
        """
        apiVersion: serving.kserve.io/v1beta1
        kind: InferenceService
        metadata:
          name: iris
          namespace: demo
          annotations: {serving.kserve.io/deploymentMode: Standard%s}
        spec:
          predictor:
            %s
            model:
              modelFormat: {name: %s}
              protocolVersion: v2
              storageUri: '%s'
        """
            .formatted(
                annotations,
                account.isEmpty() ? "minReplicas: 1" : "serviceAccountName: " + account,
                format,
                uri));
    time.pass(MINUTE);
  }

  private JsonNode pod() {
    return cluster.get(DEPLOYMENT).orElseThrow().spec().at("/template/spec");
  }

  private static String from(JsonNode container, String name) {
    return Trees.named(container.path("env"), name)
        .map(env -> env.at("/valueFrom/secretKeyRef"))
        .map(ref -> ref.path("name").asText() + "/" + ref.path("key").asText())
        .orElse("");
  }

  private static String value(JsonNode container, String name) {
    return Trees.named(container.path("env"), name)
        .map(env -> env.path("value").asText())
        .orElse("");
  }

  private List<String> secretCalls() {
    return calls.stream().filter(c -> c.contains("ecret") || c.contains("ccount")).toList();
  }

  private List<String> warnings() {
    return cluster.events.stream().filter(event -> event.contains(" Credentials")).toList();
  }

  @Test
  void aPodThatFetchesForItselfGetsReferencesToItsAccountsSecretAndNoValueOfIt() {
    create(BUCKET);
    create(READER);
    iris("", "reader", "onnx", "s3://m/iris");
    JsonNode container = pod().at("/containers/0");
    assertEquals("bucket/AWS_ACCESS_KEY_ID", from(container, "AWS_ACCESS_KEY_ID"));
    assertEquals("bucket/AWS_SECRET_ACCESS_KEY", from(container, "AWS_SECRET_ACCESS_KEY"));
    assertEquals("bucket/S3_VERIFY_SSL", from(container, "S3_VERIFY_SSL"));
    assertEquals("bucket/S3_ENDPOINT", from(container, "S3_ENDPOINT"));
    assertEquals("$(S3_ENDPOINT)", value(container, "AWS_ENDPOINT_URL"));
    assertEquals("0", value(container, "S3_USE_HTTPS"));
    assertEquals("eu-1", value(container, "AWS_DEFAULT_REGION"));
    String rendered =
        cluster.keys().stream()
            .filter(key -> !key.gvk().equals(ResourceTypes.SECRET.gvk()))
            .map(key -> cluster.get(key).orElseThrow().tree().toString())
            .toList()
            .toString();
    for (String secret : List.of("minio", "\"word\"", "d29yZA", "\"key\"", "a2V5", "aHR0")) {
      assertFalse(rendered.replace("\"key\":", "").contains(secret), secret);
      assertFalse(cluster.events.toString().contains(secret), secret);
    }
    assertEquals(List.of(), warnings());
  }

  @Test
  void anInitializerGetsTheSecretThatAnAnnotationNamesAndNoOtherIsRead() {
    create(BUCKET);
    create(READER);
    create(BUCKET.replace("name: bucket", "name: other"));
    iris(", serving.kserve.io/storageSecretName: other", "reader", "sklearn", "s3://m/iris");
    assertEquals(
        "other/AWS_ACCESS_KEY_ID", from(pod().at("/initContainers/0"), "AWS_ACCESS_KEY_ID"));
    assertEquals(List.of("get Secret demo/other"), secretCalls().stream().distinct().toList());
  }

  @Test
  void anHdfsSecretIsMountedAsAFolder() {
    create(READER);
    create(BUCKET.replaceAll("(?s)\ndata:.*", "\ndata: {HDFS_NAMENODE: d29yZA==}\n"));
    iris("", "reader", "sklearn", "hdfs://m/iris");
    assertEquals(
        "/var/secrets/kserve-hdfscreds",
        Trees.named(pod().at("/initContainers/0/volumeMounts"), "hdfs-secrets")
            .orElseThrow()
            .path("mountPath")
            .asText());
    assertEquals(
        "bucket",
        Trees.named(pod().path("volumes"), "hdfs-secrets")
            .orElseThrow()
            .at("/secret/secretName")
            .asText());
  }

  @Test
  void secretsAreNeitherListedNorWatched() {
    create(BUCKET);
    create(READER);
    iris("", "reader", "onnx", "s3://m/iris");
    assertEquals(
        List.of("get ServiceAccount demo/reader", "get Secret demo/bucket"),
        secretCalls().stream().distinct().toList());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"pvc://disk/iris", "file:///mnt/iris", "oci://example.com/iris:1", "/iris"})
  void storageThatAsksNobodyReadsNoSecret(String uri) {
    create(BUCKET);
    create(READER);
    iris("", "reader", "sklearn", uri);
    assertEquals(List.of(), secretCalls());
  }

  @Test
  void aServiceThatNamesNoAccountTakesTheDefaultOnesSecretsOnceThereAreAny() {
    iris("", "", "onnx", "s3://m/iris");
    assertEquals("", from(pod().at("/containers/0"), "AWS_ACCESS_KEY_ID"));
    assertEquals(List.of(), warnings());
    create(BUCKET);
    create(READER.replace("name: reader", "name: default"));
    time.pass(MINUTE);
    assertEquals("bucket/AWS_ACCESS_KEY_ID", from(pod().at("/containers/0"), "AWS_ACCESS_KEY_ID"));
  }

  @Test
  void aMissingAccountIsAWarningAndIsNoticedWhenItIsMade() {
    iris("", "reader", "onnx", "s3://m/iris");
    assertEquals(
        List.of(
            "InferenceService demo/iris Warning CredentialsMissing ServiceAccount reader does not"
                + " exist in namespace demo (the pods are to run as it); the model is fetched"
                + " without its credentials"),
        warnings());
    create(READER);
    time.pass(MINUTE);
    assertTrue(
        warnings().getLast().contains("Secret bucket does not exist"), warnings().toString());
    create(BUCKET);
    time.pass(MINUTE);
    assertEquals("bucket/AWS_ACCESS_KEY_ID", from(pod().at("/containers/0"), "AWS_ACCESS_KEY_ID"));
    assertEquals(2, warnings().size());
  }

  @Test
  void whereSecretsMayNotBeReadTheServiceRunsAndSaysWhatToGrant() {
    create(BUCKET);
    create(READER);
    cluster.beforeEachCall(
        call -> {
          if (call.startsWith("get Secret")) {
            throw ClusterException.forbidden("secrets is forbidden");
          }
        });
    iris("", "reader", "onnx", "s3://m/iris");
    assertEquals("", from(pod().at("/containers/0"), "AWS_ACCESS_KEY_ID"));
    assertTrue(
        warnings().getFirst().endsWith("Grant get on secrets in namespace demo to the reconciler"),
        warnings().toString());
  }

  @Test
  void aServerThatGivesNoAnswerAboutASecretChangesNoPod() {
    cluster.beforeEachCall(
        call -> {
          if (call.startsWith("get Secret")) {
            throw new ClusterException("gave no answer in time");
          }
        });
    create(BUCKET);
    create(READER);
    iris("", "reader", "onnx", "s3://m/iris");
    assertTrue(cluster.get(DEPLOYMENT).isEmpty());
    cluster.comeBack();
    time.pass(MINUTE);
    assertEquals("bucket/AWS_ACCESS_KEY_ID", from(pod().at("/containers/0"), "AWS_ACCESS_KEY_ID"));
  }

  @Test
  void headersForAWebServerAreNotWrittenIntoPodsAndTheServiceSaysSo() {
    create(READER);
    create(
        BUCKET.replaceAll(
            "(?s)\ndata:.*", "\ndata: {https-host: d29yZA==, headers: YTogd29yZA==}\n"));
    iris("", "reader", "sklearn", "https://example.com/iris.zip");
    assertFalse(pod().toString().contains("word"));
    assertTrue(warnings().getFirst().contains("(https-host)"), warnings().toString());
  }

  @Test
  void aNameThatIsNoneIsNotAskedFor() {
    iris("", "../secrets", "onnx", "s3://m/iris");
    assertEquals(List.of(), secretCalls());
    assertTrue(warnings().getFirst().contains("that is not a name"), warnings().toString());
  }
}
