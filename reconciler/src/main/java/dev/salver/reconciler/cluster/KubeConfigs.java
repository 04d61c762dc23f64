package dev.salver.reconciler.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.salver.kube.Yaml;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;

/** Where the API server is and who we are there. */
final class KubeConfigs {
  private static final Path TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
  private static final long LARGEST = 4L * 1024 * 1024;

  /** What {@link #plain} understands. */
  private static final Set<String> PLAIN_CLUSTER =
      Set.of("server", "certificate-authority", "certificate-authority-data");

  private static final Set<String> PLAIN_USER =
      Set.of(
          "token",
          "client-certificate",
          "client-certificate-data",
          "client-key",
          "client-key-data");

  private KubeConfigs() {}

  /**
   * A kubeconfig file.
   *
   * @param context empty for the file's current one
   */
  static Config file(Path file, String context) {
    try {
      if (Files.size(file) > LARGEST) {
        throw new ClusterException(file + " is too large for a kubeconfig");
      }
      JsonNode root = parse(file);
      JsonNode chosen = context(file, root, context);
      JsonNode cluster = entry(root, "clusters", chosen.path("cluster").asText()).path("cluster");
      JsonNode user = entry(root, "users", chosen.path("user").asText()).path("user");
      if (cluster.path("server").asText().isEmpty()) {
        throw new ClusterException(file + " names no server for its context");
      }
      if (isPlain(cluster, PLAIN_CLUSTER) && isPlain(user, PLAIN_USER) && !isProxied()) {
        return plain(file, cluster, user);
      }
      return context.isEmpty()
          ? Config.fromKubeconfig(file.toFile())
          : Config.fromKubeconfig(context, file.toFile());
    } catch (IOException e) {
      throw new ClusterException("The kubeconfig " + file + " cannot be read: " + e, e);
    }
  }

  private static JsonNode parse(Path file) throws IOException {
    try {
      var documents = Yaml.documents(Files.readString(file));
      if (documents.isEmpty() || !documents.getFirst().has("clusters")) {
        throw new ClusterException(file + " is not a kubeconfig: it lists no clusters");
      }
      return documents.getFirst();
    } catch (IllegalArgumentException e) {
      throw new ClusterException(file + " is not YAML: " + e.getMessage(), e);
    }
  }

  private static JsonNode context(Path file, JsonNode root, String context) {
    String wanted = context.isEmpty() ? root.path("current-context").asText() : context;
    JsonNode chosen = entry(root, "contexts", wanted);
    if (chosen.isMissingNode()) {
      throw new ClusterException(file + " has no context '" + wanted + "'");
    }
    return chosen.path("context");
  }

  private static JsonNode entry(JsonNode root, String list, String name) {
    for (JsonNode entry : root.path(list)) {
      if (entry.path("name").asText().equals(name)) {
        return entry;
      }
    }
    return MissingNode.getInstance();
  }

  private static boolean isPlain(JsonNode node, Set<String> understood) {
    return node.properties().stream().allMatch(field -> understood.contains(field.getKey()));
  }

  private static boolean isProxied() {
    return Stream.of("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")
        .anyMatch(name -> System.getenv(name) != null);
  }

  /** A token or certificate and nothing else: without fabric8's parser, half a second faster. */
  private static Config plain(Path file, JsonNode cluster, JsonNode user) {
    Config config = Config.empty();
    config.setMasterUrl(cluster.path("server").asText());
    if (cluster.has("certificate-authority-data")) {
      config.setCaCertData(cluster.path("certificate-authority-data").asText());
    } else if (cluster.has("certificate-authority")) {
      config.setCaCertFile(beside(file, cluster.path("certificate-authority")));
    }
    if (user.has("token")) {
      config.setOauthToken(user.path("token").asText());
    }
    if (user.has("client-certificate-data")) {
      config.setClientCertData(user.path("client-certificate-data").asText());
    } else if (user.has("client-certificate")) {
      config.setClientCertFile(beside(file, user.path("client-certificate")));
    }
    if (user.has("client-key-data")) {
      config.setClientKeyData(user.path("client-key-data").asText());
    } else if (user.has("client-key")) {
      config.setClientKeyFile(beside(file, user.path("client-key")));
    }
    if (config.getClientKeyData() != null || config.getClientKeyFile() != null) {
      config.setClientKeyAlgo(
          Config.getKeyAlgorithm(config.getClientKeyFile(), config.getClientKeyData()));
    }
    return config;
  }

  private static String beside(Path file, JsonNode name) {
    return file.toAbsolutePath().resolveSibling(name.asText()).toString();
  }

  /** The service account of the pod that we run in. */
  static Config inCluster() {
    if (!Files.isReadable(TOKEN)) {
      throw new ClusterException(
          "Not in a cluster: there is no " + TOKEN + "; name a kubeconfig file instead");
    }
    return Config.autoConfigure(null);
  }
}
