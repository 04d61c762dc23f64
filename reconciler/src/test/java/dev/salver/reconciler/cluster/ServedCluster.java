package dev.salver.reconciler.cluster;

import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A client of a server that answers what it is told to, over HTTPS. */
abstract class ServedCluster {
  static final ObjectKey MAP = new ObjectKey(ResourceTypes.CONFIG_MAP.gvk(), "demo", "m");

  @TempDir static Path shared;
  static ApiServer server;
  @TempDir Path folder;
  KubeCluster cluster;

  @BeforeAll
  static void startServer() throws Exception {
    server = new ApiServer(shared);
  }

  @AfterAll
  static void stopServer() {
    server.close();
  }

  @BeforeEach
  void connect() throws Exception {
    server.requests.clear();
    cluster = connect(server.url(), server.certificate(), ApiServer.TOKEN);
  }

  @AfterEach
  void disconnect() {
    cluster.close();
  }

  KubeCluster connect(String url, String certificate, String token) throws Exception {
    Path file = folder.resolve("config");
    Files.writeString(file, ApiServer.kubeconfig(url, certificate, token));
    return KubeCluster.fromKubeconfig(file, "");
  }

  static KubeObject map() {
    KubeObject map = KubeObject.named(MAP.gvk(), "demo", "m");
    map.tree().putObject("data").put("k", "ä");
    return map;
  }

  static String stored() {
    return """
    {"apiVersion": "v1", "kind": "ConfigMap",
     "metadata": {"name": "m", "namespace": "demo", "uid": "u1", "resourceVersion": "7"}}
    """;
  }

  static String status(int code, String reason, String message) {
    return """
    {"kind": "Status", "code": %d, "reason": "%s", "message": "%s"}
    """
        .formatted(code, reason, message);
  }
}
