package dev.salver.reconciler.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.ResourceTypes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server that cannot be used is named, and why. */
class KubeAccessTest extends ServedCluster {
  @Test
  void aBusyServerIsAskedAgain() {
    var calls = new AtomicInteger();
    server.handle(
        (request, answer) -> {
          if (calls.getAndIncrement() < 2) {
            answer.header("Retry-After", "0");
            answer.json(429, status(429, "TooManyRequests", "later"));
          } else {
            answer.json(200, stored());
          }
        });
    assertTrue(cluster.get(MAP).isPresent());
    assertEquals(3, calls.get());
  }

  @Test
  void wrongCredentialsAreNamedAtOnce() throws Exception {
    try (var stranger = connect(server.url(), server.certificate(), "wrong")) {
      String message = failure(() -> stranger.get(MAP));
      assertTrue(message.contains("does not accept our credentials (401)"), message);
      assertFalse(message.contains("t0ken"), message);
      // Once more with what the kubeconfig says by then: tokens are renewed there.
      assertTrue(server.requests.size() <= 2, server.requests.toString());
    }
  }

  @Test
  void whatIsForbiddenIsSaidInTheServersWords() {
    server.handle(
        (request, answer) ->
            answer.json(403, status(403, "Forbidden", "user x cannot list configmaps")));
    String message = failure(() -> cluster.list(ResourceTypes.CONFIG_MAP, "", ""));
    assertTrue(message.endsWith("forbids it (403): user x cannot list configmaps"), message);
  }

  @Test
  void aServerThatIsNotThereIsNamed() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    String url = "https://127.0.0.1:" + port;
    try (var nobody = connect(url, server.certificate(), "x")) {
      String message = failure(() -> nobody.get(MAP));
      assertTrue(message.startsWith(url + " cannot be reached: connection refused"), message);
    }
  }

  @Test
  void aServerWithAnotherCertificateIsNotTrusted() throws Exception {
    try (var other = new ApiServer(Files.createDirectory(folder.resolve("other")));
        var client = connect(server.url(), other.certificate(), ApiServer.TOKEN)) {
      String message = failure(() -> client.get(MAP));
      assertTrue(message.contains("cannot be trusted"), message);
      assertEquals(List.of(), server.requests);
    }
  }

  @Test
  void aFileThatIsNoKubeconfigSaysWhatIsWrong() throws Exception {
    Path file = folder.resolve("broken");
    Files.writeString(file, "a: [");
    assertTrue(failure(() -> KubeCluster.fromKubeconfig(file, "").close()).contains("is not YAML"));
    Files.writeString(file, "a: b");
    assertTrue(failure(() -> KubeCluster.fromKubeconfig(file, "").close()).contains("no clusters"));
    Files.writeString(file, ApiServer.kubeconfig("https://x", "x", "x"));
    assertTrue(
        failure(() -> KubeCluster.fromKubeconfig(file, "prod").close())
            .endsWith("has no context 'prod'"));
    Path missing = folder.resolve("missing");
    assertTrue(
        failure(() -> KubeCluster.fromKubeconfig(missing, "").close()).contains("cannot be read"));
  }

  private String failure(Runnable call) {
    return assertThrows(ClusterException.class, call::run).getMessage();
  }
}
