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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Gives a container that fetches a model the credentials that KServe would: of the Secret that an
 * annotation names, else of every Secret that the pod's service account lists. A Secret's keys say
 * what it is for; values stay in the Secret.
 */
final class Credentials {
  private static final List<String> AZURE =
      List.of("AZURE_SUBSCRIPTION_ID", "AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET");

  /** Begins an address that says for itself whether it speaks TLS. */
  private static final Pattern SCHEME = Pattern.compile("^https?://", Pattern.CASE_INSENSITIVE);

  private static final String ENDPOINT = "S3_ENDPOINT";
  private static final String ENDPOINT_URL = "AWS_ENDPOINT_URL";
  private static final String USE_HTTPS = "S3_USE_HTTPS";

  private Credentials() {}

  /** What a rendering knows of a Secret: its keys, and whether an S3 endpoint speaks TLS. */
  static KubeObject withoutValues(KubeObject secret) {
    KubeObject result = KubeObject.named(secret.gvk(), secret.namespace(), secret.name());
    ObjectNode annotations = Json.object();
    Trees.strings(secret.metadata().path("annotations"))
        .forEach(
            (name, value) -> {
              if (name.startsWith("serving.kserve.io/")) {
                annotations.put(name, value);
              }
            });
    result.tree().withObjectProperty("metadata").set("annotations", annotations);
    ObjectNode known = result.tree().putObject("stringData");
    for (String field : List.of("data", "stringData")) {
      secret.tree().path(field).fieldNames().forEachRemaining(key -> known.put(key, ""));
    }
    decoded(secret, ENDPOINT).ifPresent(address -> known.put(ENDPOINT, schemeOnly(address)));
    decoded(secret, USE_HTTPS).ifPresent(use -> known.put(USE_HTTPS, use.equals("0") ? "0" : "1"));
    return result;
  }

  private static String schemeOnly(String address) {
    Matcher scheme = SCHEME.matcher(address.strip());
    return scheme.find() ? scheme.group() : address.isBlank() ? "" : "host";
  }

  static void add(Workload workload, Job job, ObjectNode container) {
    ServingConfig config = job.config();
    String namespace = job.service().namespace();
    JsonNode settings = config.section("credentials");
    CredentialNeed need = CredentialNeeds.of(workload, config);
    var names = new ArrayList<String>();
    if (!need.secret().isEmpty()) {
      names.add(need.secret());
    } else {
      job.observed()
          .related(ResourceTypes.SERVICE_ACCOUNT, namespace, need.account())
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
      mount(pod, container, "user-gcp-sa", secret, "/var/secrets/");
      PodEdits.setEnv(container, "GOOGLE_APPLICATION_CREDENTIALS", "/var/secrets/" + gcsFile);
    } else if (has(secret, "AZ_CLIENT_ID")) {
      AZURE.forEach(name -> fromSecret(container, name, secret, name.replace("AZURE_", "AZ_")));
    } else if (has(secret, "AZURE_CLIENT_ID")) {
      AZURE.forEach(name -> fromSecret(container, name, secret, name));
    } else if (has(secret, "AZURE_ACCESS_TOKEN")) {
      fromSecret(container, "AZURE_ACCESS_TOKEN", secret, "AZURE_ACCESS_TOKEN");
    } else if (has(secret, "AZURE_STORAGE_ACCESS_KEY")) {
      fromSecret(container, "AZURE_STORAGE_ACCESS_KEY", secret, "AZURE_STORAGE_ACCESS_KEY");
    } else if (has(secret, "HDFS_NAMENODE")) {
      mount(pod, container, "hdfs-secrets", secret, "/var/secrets/kserve-hdfscreds");
    } else if (has(secret, "HF_TOKEN")) {
      fromSecret(container, "HF_TOKEN", secret, "HF_TOKEN");
    }
  }

  private static void mount(
      ObjectNode pod, ObjectNode container, String volume, KubeObject secret, String path) {
    PodEdits.volume(pod, volume, "secret", Json.object().put("secretName", secret.name()));
    PodEdits.mount(container, volume, path, "", true);
  }

  private static void s3(
      KubeObject secret, JsonNode settings, String secretKey, ObjectNode container) {
    fromSecret(
        container,
        "AWS_ACCESS_KEY_ID",
        secret,
        settings.path("s3AccessKeyIDName").asText("awsAccessKeyID"));
    fromSecret(container, "AWS_SECRET_ACCESS_KEY", secret, secretKey);
    endpoint(container, secret, settings);
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

  /**
   * Where the buckets are. Of an address that stands in the Secret only the scheme is looked at;
   * {@code $(NAME)} brings in the rest when the container starts.
   */
  private static void endpoint(ObjectNode container, KubeObject secret, JsonNode settings) {
    Optional<String> written = annotation(secret, "s3-endpoint");
    boolean kept = written.isEmpty() && has(secret, ENDPOINT);
    String address =
        written
            .or(() -> kept ? decoded(secret, ENDPOINT) : Optional.empty())
            .orElse(settings.path("s3Endpoint").asText())
            .strip();
    if (address.isEmpty()) {
      return;
    }
    Matcher scheme = SCHEME.matcher(address);
    boolean whole = scheme.find();
    if (whole) {
      PodEdits.setEnv(container, USE_HTTPS, scheme.group().length() == 8 ? "1" : "0");
    } else {
      set(container, USE_HTTPS, secret, "s3-usehttps", settings.path("s3UseHttps"));
    }
    boolean http =
        annotation(secret, "s3-usehttps")
            .or(() -> decoded(secret, USE_HTTPS))
            .orElse(settings.path("s3UseHttps").asText())
            .equals("0");
    String before = whole ? "" : http ? "http://" : "https://";
    if (kept) {
      fromSecret(container, ENDPOINT, secret, ENDPOINT);
      PodEdits.addEnv(container, Trees.pair(ENDPOINT_URL, before + "$(" + ENDPOINT + ")"));
    } else {
      PodEdits.setEnv(container, ENDPOINT, SCHEME.matcher(address).replaceFirst(""));
      PodEdits.setEnv(container, ENDPOINT_URL, before + address);
    }
  }

  /** The annotation's value, else a reference to the Secret's, else the configuration's value. */
  private static void set(
      ObjectNode container, String name, KubeObject secret, String annotation, JsonNode fallback) {
    Optional<String> written = annotation(secret, annotation);
    if (written.isEmpty() && has(secret, name)) {
      fromSecret(container, name, secret, name);
      return;
    }
    String value = written.orElse(fallback.asText());
    if (!value.isEmpty()) {
      PodEdits.setEnv(container, name, value);
    }
  }

  private static Optional<String> annotation(KubeObject secret, String name) {
    return secret.annotation("serving.kserve.io/" + name);
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
