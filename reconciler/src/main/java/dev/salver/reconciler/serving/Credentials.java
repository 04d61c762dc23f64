package dev.salver.reconciler.serving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.Trees;
import dev.salver.kube.kserve.ServingConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Gives a container that fetches a model the credentials that KServe would: of the Secret that an
 * annotation names, else of every Secret that the pod's service account lists. A Secret's keys say
 * what it is for; values stay in the Secret.
 */
final class Credentials {
  private static final List<String> AZURE =
      List.of("AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET");

  private Credentials() {}

  static void add(Workload workload, Job job, ObjectNode container) {
    ServingConfig config = job.config();
    String namespace = job.service().namespace();
    JsonNode settings = config.section("credentials");
    String named =
        workload
            .annotations()
            .getOrDefault(settings.path("storageSecretNameAnnotation").asText(), "");
    var names = new ArrayList<String>();
    if (!named.isEmpty()) {
      names.add(named);
    } else {
      String account = workload.pod().path("serviceAccountName").asText("default");
      job.observed()
          .related(ResourceTypes.SERVICE_ACCOUNT, namespace, account)
          .ifPresent(
              found ->
                  found.tree().path("secrets").forEach(s -> names.add(s.path("name").asText())));
    }
    names.stream()
        .flatMap(name -> job.observed().related(ResourceTypes.SECRET, namespace, name).stream())
        .forEach(secret -> of(secret, settings, container, workload.pod()));
  }

  private static void of(
      KubeObject secret, JsonNode settings, ObjectNode container, ObjectNode pod) {
    String s3Key = settings.path("s3").path("s3SecretAccessKeyName").asText("awsSecretAccessKey");
    String gcsFile = settings.path("gcs").path("gcsCredentialFileName").asText();
    if (has(secret, s3Key)) {
      s3(secret, settings.path("s3"), s3Key, container);
    } else if (!gcsFile.isEmpty() && has(secret, gcsFile)) {
      PodEdits.volume(pod, "user-gcp-sa", "secret", Json.object().put("secretName", secret.name()));
      container
          .withArrayProperty("volumeMounts")
          .addObject()
          .put("name", "user-gcp-sa")
          .put("mountPath", "/var/secrets/")
          .put("readOnly", true);
      PodEdits.setEnv(container, "GOOGLE_APPLICATION_CREDENTIALS", "/var/secrets/" + gcsFile);
    } else if (has(secret, "AZ_CLIENT_ID")) {
      AZURE.forEach(name -> fromSecret(container, name, secret, name.replace("AZURE_", "AZ_")));
    } else if (has(secret, "AZURE_CLIENT_ID")) {
      AZURE.forEach(name -> fromSecret(container, name, secret, name));
    } else if (has(secret, "AZURE_ACCESS_TOKEN")) {
      fromSecret(container, "AZURE_ACCESS_TOKEN", secret, "AZURE_ACCESS_TOKEN");
    } else if (has(secret, "AZURE_STORAGE_ACCESS_KEY")) {
      fromSecret(container, "AZURE_STORAGE_ACCESS_KEY", secret, "AZURE_STORAGE_ACCESS_KEY");
    } else if (has(secret, "HF_TOKEN")) {
      fromSecret(container, "HF_TOKEN", secret, "HF_TOKEN");
    }
  }

  private static void s3(
      KubeObject secret, JsonNode settings, String secretKey, ObjectNode container) {
    fromSecret(
        container,
        "AWS_ACCESS_KEY_ID",
        secret,
        settings.path("s3AccessKeyIDName").asText("awsAccessKeyID"));
    fromSecret(container, "AWS_SECRET_ACCESS_KEY", secret, secretKey);
    String endpoint = value(secret, "s3-endpoint", "S3_ENDPOINT", settings.path("s3Endpoint"));
    if (!endpoint.isEmpty()) {
      endpoint(container, secret, settings, endpoint.strip());
    }
    set(container, "S3_VERIFY_SSL", secret, "s3-verifyssl", settings.path("s3VerifySSL"));
    set(
        container,
        "awsAnonymousCredential",
        secret,
        "s3-useanoncredential",
        settings.path("s3UseAnonymousCredential"));
    set(container, "AWS_DEFAULT_REGION", secret, "s3-region", settings.path("s3Region"));
    set(
        container,
        "S3_USER_VIRTUAL_BUCKET",
        secret,
        "s3-usevirtualbucket",
        settings.path("s3UseVirtualBucket"));
    set(
        container,
        "S3_USE_ACCELERATE",
        secret,
        "s3-useaccelerate",
        settings.path("s3UseAccelerate"));
    set(container, "AWS_CA_BUNDLE", secret, "s3-cabundle", settings.path("s3CABundle"));
    set(
        container,
        "AWS_CA_BUNDLE_CONFIGMAP",
        secret,
        "s3-cabundle-configmap",
        settings.path("s3CABundleConfigMap"));
  }

  private static void endpoint(
      ObjectNode container, KubeObject secret, JsonNode settings, String endpoint) {
    boolean secure = endpoint.regionMatches(true, 0, "https://", 0, 8);
    boolean plain = endpoint.regionMatches(true, 0, "http://", 0, 7);
    String https =
        secure
            ? "1"
            : plain
                ? "0"
                : value(secret, "s3-usehttps", "S3_USE_HTTPS", settings.path("s3UseHttps"));
    String host = secure ? endpoint.substring(8) : plain ? endpoint.substring(7) : endpoint;
    if (!https.isEmpty()) {
      PodEdits.setEnv(container, "S3_USE_HTTPS", https);
    }
    PodEdits.setEnv(container, "S3_ENDPOINT", host);
    PodEdits.setEnv(
        container,
        "AWS_ENDPOINT_URL",
        secure || plain ? endpoint : (https.equals("0") ? "http://" : "https://") + host);
  }

  private static void set(
      ObjectNode container, String name, KubeObject secret, String annotation, JsonNode fallback) {
    String value = value(secret, annotation, name, fallback);
    if (!value.isEmpty()) {
      PodEdits.setEnv(container, name, value);
    }
  }

  /** The annotation's value, else the Secret's, else the configuration's. */
  private static String value(KubeObject secret, String annotation, String key, JsonNode fallback) {
    return secret
        .annotation("serving.kserve.io/" + annotation)
        .or(() -> decoded(secret, key))
        .orElse(fallback.asText());
  }

  private static boolean has(KubeObject secret, String key) {
    return secret.tree().path("data").has(key) || secret.tree().path("stringData").has(key);
  }

  private static Optional<String> decoded(KubeObject secret, String key) {
    Optional<String> plain = Trees.text(secret.tree().path("stringData").path(key));
    if (plain.isPresent()) {
      return plain;
    }
    try {
      return Trees.text(secret.tree().path("data").path(key))
          .map(text -> new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static void fromSecret(ObjectNode container, String name, KubeObject secret, String key) {
    ObjectNode variable = Json.object().put("name", name);
    variable
        .putObject("valueFrom")
        .putObject("secretKeyRef")
        .put("name", secret.name())
        .put("key", key);
    PodEdits.addEnv(container, variable);
  }
}
