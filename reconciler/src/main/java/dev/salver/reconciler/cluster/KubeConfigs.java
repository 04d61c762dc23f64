package dev.salver.reconciler.cluster;

import dev.salver.kube.Yaml;
import io.fabric8.kubernetes.client.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the API server is and who we are there. */
final class KubeConfigs {
  private static final Path TOKEN = Path.of("/var/run/secrets/kubernetes.io/serviceaccount/token");
  private static final long LARGEST = 4L * 1024 * 1024;

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
      String text = Files.readString(file);
      check(file, text, context);
      Config config =
          context.isEmpty()
              ? Config.fromKubeconfig(file.toFile())
              : Config.fromKubeconfig(context, file.toFile());
      if (config.getMasterUrl() == null) {
        throw new ClusterException(file + " names no server for its context");
      }
      return config;
    } catch (IOException e) {
      throw new ClusterException("The kubeconfig " + file + " cannot be read: " + e, e);
    }
  }

  /** fabric8 falls back to an address of its own where a file says nothing. */
  private static void check(Path file, String text, String context) {
    try {
      var documents = Yaml.documents(text);
      if (documents.isEmpty() || !documents.getFirst().has("clusters")) {
        throw new ClusterException(file + " is not a kubeconfig: it lists no clusters");
      }
      String wanted =
          context.isEmpty() ? documents.getFirst().path("current-context").asText() : context;
      for (var entry : documents.getFirst().path("contexts")) {
        if (entry.path("name").asText().equals(wanted)) {
          return;
        }
      }
      throw new ClusterException(file + " has no context '" + wanted + "'");
    } catch (IllegalArgumentException e) {
      throw new ClusterException(file + " is not YAML: " + e.getMessage(), e);
    }
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
