package dev.salver.reconciler.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The port over HTTPS, against a server that answers what it is told to. */
class KubeClusterTest {
  private static final ObjectKey MAP = new ObjectKey(ResourceTypes.CONFIG_MAP.gvk(), "demo", "m");

  @TempDir static Path shared;
  private static ApiServer server;
  @TempDir Path folder;
  private KubeCluster cluster;

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

  private KubeCluster connect(String url, String certificate, String token) throws Exception {
    Path file = folder.resolve("config");
    Files.writeString(file, ApiServer.kubeconfig(url, certificate, token));
    return KubeCluster.fromKubeconfig(file, "");
  }

  private static KubeObject map() {
    KubeObject map = KubeObject.named(MAP.gvk(), "demo", "m");
    map.tree().putObject("data").put("k", "ä");
    return map;
  }

  private static String stored() {
    return """
    {"apiVersion": "v1", "kind": "ConfigMap",
     "metadata": {"name": "m", "namespace": "demo", "uid": "u1", "resourceVersion": "7"}}
    """;
  }

  private static String status(int code, String reason, String message) {
    return """
    {"kind": "Status", "code": %d, "reason": "%s", "message": "%s"}
    """
        .formatted(code, reason, message);
  }

  private String failure(Runnable call) {
    return assertThrows(ClusterException.class, call::run).getMessage();
  }

  @Test
  void anObjectIsReadOrAbsent() {
    server.handle(
        (request, answer) -> {
          if (request.path().endsWith("/m")) {
            answer.json(200, stored());
          } else {
            answer.json(404, status(404, "NotFound", "no"));
          }
        });
    assertEquals("u1", cluster.get(MAP).orElseThrow().uid());
    assertEquals(Optional.empty(), cluster.get(new ObjectKey(MAP.gvk(), "demo", "other")));
    assertEquals("GET /api/v1/namespaces/demo/configmaps/m", server.requests.getFirst().toString());
  }

  @Test
  void longListsComeInPages() {
    server.handle(
        (request, answer) ->
            answer.json(
                200,
                request.query().contains("continue=next")
                    ? "{\"metadata\": {\"resourceVersion\": \"9\"},"
                        + " \"items\": [{\"metadata\": {\"name\": \"b\"}}]}"
                    : "{\"metadata\": {\"resourceVersion\": \"9\", \"continue\": \"next\"},"
                        + " \"items\": [{\"metadata\": {\"name\": \"a\"}}]}"));
    var listing = cluster.list(ResourceTypes.CONFIG_MAP, "demo", "a=b");
    assertEquals("9", listing.resourceVersion());
    assertEquals(
        List.of("ConfigMap a", "ConfigMap b"),
        listing.items().stream().map(item -> item.key().toString()).toList());
    assertTrue(server.requests.getLast().query().contains("labelSelector=a%3Db"));
  }

  @Test
  void aListThatTheServerForgetsHalfwayStartsOver() {
    var calls = new AtomicInteger();
    server.handle(
        (request, answer) -> {
          switch (calls.getAndIncrement()) {
            case 0 ->
                answer.json(
                    200,
                    "{\"metadata\": {\"resourceVersion\": \"8\", \"continue\": \"x\"},"
                        + " \"items\": [{\"metadata\": {\"name\": \"old\"}}]}");
            case 1 -> answer.json(410, status(410, "Expired", "too old"));
            default ->
                answer.json(
                    200,
                    "{\"metadata\": {\"resourceVersion\": \"9\"},"
                        + " \"items\": [{\"metadata\": {\"name\": \"new\"}}]}");
          }
        });
    var listing = cluster.list(ResourceTypes.CONFIG_MAP, "", "");
    assertEquals(List.of("new"), listing.items().stream().map(KubeObject::name).toList());
  }

  @Test
  void applyIsAServerSideApply() {
    server.handle((request, answer) -> answer.json(200, stored()));
    var applied =
        assertInstanceOf(Cluster.Write.Applied.class, cluster.apply(map(), "salver-git", false));
    assertEquals("7", applied.object().resourceVersion());
    var request = server.requests.getFirst();
    assertEquals(
        "PATCH /api/v1/namespaces/demo/configmaps/m?fieldManager=salver-git&force=false",
        request.toString());
    assertEquals("application/apply-patch+yaml", request.type().split(";", 2)[0]);
    assertEquals(map().tree(), Json.parse(request.body()));
    cluster.applyStatus(map(), "salver-serving");
    assertEquals(
        "PATCH /api/v1/namespaces/demo/configmaps/m/status?fieldManager=salver-serving&force=true",
        server.requests.getLast().toString());
  }

  @Test
  void aConflictNamesManagersAndFields() {
    server.handle(
        (request, answer) ->
            answer.json(
                409,
                """
                {"kind": "Status", "reason": "Conflict", "details": {"causes": [
                  {"reason": "FieldManagerConflict", "field": ".data.k",
                   "message": "conflict with \\"kubectl\\" using v1"}]}}
                """));
    assertEquals(
        new Cluster.Write.Contested(
            "other field managers hold .data.k (conflict with \"kubectl\" using v1)"),
        cluster.apply(map(), "salver-git", false));
    assertEquals(1, server.requests.size());
  }

  @Test
  void aRefusalIsAValueWithTheServersWords() {
    server.handle(
        (request, answer) -> answer.json(422, status(422, "Invalid", "data.k: Required value")));
    assertEquals(
        new Cluster.Write.Refused(422, "data.k: Required value"),
        cluster.apply(map(), "salver-git", false));
  }

  @Test
  void anUnknownKindIsExplained() {
    server.handle((request, answer) -> answer.json(404, "404 page not found"));
    KubeObject thing = KubeObject.named(Gvk.of("example.com/v1", "Thing"), "demo", "t");
    var refused =
        assertInstanceOf(Cluster.Write.Refused.class, cluster.apply(thing, "salver-git", false));
    assertEquals(
        "the cluster does not serve kind Thing of example.com/v1; is its definition installed?",
        refused.message());
    assertFalse(cluster.serves(ResourceTypes.KNATIVE_SERVICE));
  }

  @Test
  void aKindThatOnlyTheServerKnowsIsFound() {
    server.handle(
        (request, answer) -> {
          if (request.path().equals("/apis/example.com/v1")) {
            answer.json(
                200,
                "{\"resources\": [{\"name\": \"thingies\", \"kind\": \"Thing\","
                    + " \"namespaced\": true}, {\"name\": \"thingies/status\","
                    + " \"kind\": \"Thing\"}]}");
          } else {
            answer.json(200, stored());
          }
        });
    KubeObject thing = KubeObject.named(Gvk.of("example.com/v1", "Thing"), "demo", "t");
    cluster.apply(thing, "salver-git", false);
    assertEquals(
        "/apis/example.com/v1/namespaces/demo/thingies/t", server.requests.getLast().path());
  }

  @Test
  void aDeleteReallyIsADeleteOfThatVeryObject() {
    server.handle((request, answer) -> answer.json(200, status(200, "", "")));
    assertTrue(cluster.delete(MAP, "u1"));
    var request = server.requests.getFirst();
    assertEquals("DELETE /api/v1/namespaces/demo/configmaps/m", request.toString());
    assertEquals("u1", Json.parse(request.body()).at("/preconditions/uid").asText());
    server.handle((r, answer) -> answer.json(409, status(409, "Conflict", "uid")));
    assertFalse(cluster.delete(MAP, "u1"));
    server.handle((r, answer) -> answer.json(404, status(404, "NotFound", "")));
    assertFalse(cluster.delete(MAP, ""));
  }

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
  void aWatchTellsEventsInOrderHoweverTheyArrive() throws Exception {
    var release = new CountDownLatch(1);
    String events =
        """
        {"type": "ADDED", "object": {"kind": "ConfigMap", "metadata": {"name": "ä"}}}
        {"type": "BOOKMARK", "object": {"metadata": {"resourceVersion": "8"}}}
        {"type": "MODIFIED", "object": {"kind": "ConfigMap", "metadata": {"name": "b"}}}
        {"type": "DELETED", "object": {"kind": "ConfigMap", "metadata": {"name": "c"}}}
        """;
    server.handle(
        (request, answer) -> {
          var out = answer.stream();
          for (byte one : events.getBytes(StandardCharsets.UTF_8)) {
            out.write(one);
            out.flush();
          }
          assertTrue(release.await(30, TimeUnit.SECONDS));
        });
    var told = new LinkedBlockingQueue<String>();
    try (var watch = cluster.watch(ResourceTypes.CONFIG_MAP, "demo", "7", watcher(told))) {
      assertEquals("changed ä", told.poll(30, TimeUnit.SECONDS));
      assertEquals("changed b", told.poll(30, TimeUnit.SECONDS));
      assertEquals("deleted c", told.poll(30, TimeUnit.SECONDS));
      release.countDown();
      assertEquals("closed", told.poll(30, TimeUnit.SECONDS));
      assertTrue(watch.toString().contains("HttpWatch"));
    }
    assertTrue(server.requests.getFirst().query().contains("watch=true"));
    assertTrue(server.requests.getFirst().query().contains("resourceVersion=7"));
  }

  @Test
  void aWatchFromTooLongAgoIsClosed() throws Exception {
    server.handle(
        (request, answer) ->
            answer.stream()
                .write(
                    "{\"type\": \"ERROR\", \"object\": {\"code\": 410}}\n"
                        .getBytes(StandardCharsets.UTF_8)));
    var told = new LinkedBlockingQueue<String>();
    try (var watch = cluster.watch(ResourceTypes.CONFIG_MAP, "demo", "7", watcher(told))) {
      assertEquals("closed", told.poll(30, TimeUnit.SECONDS), watch.toString());
    }
    server.handle((request, answer) -> answer.json(410, status(410, "Expired", "")));
    try (var watch = cluster.watch(ResourceTypes.CONFIG_MAP, "demo", "7", watcher(told))) {
      assertEquals("closed", told.poll(30, TimeUnit.SECONDS), watch.toString());
    }
  }

  @Test
  void aWatchThatIsClosedHereTellsNothingMore() throws Exception {
    var opened = new CountDownLatch(1);
    var closed = new CountDownLatch(1);
    server.handle(
        (request, answer) -> {
          var out = answer.stream();
          out.flush();
          opened.countDown();
          assertTrue(closed.await(30, TimeUnit.SECONDS));
        });
    var told = new LinkedBlockingQueue<String>();
    AutoCloseable watch = cluster.watch(ResourceTypes.CONFIG_MAP, "demo", "7", watcher(told));
    assertTrue(opened.await(30, TimeUnit.SECONDS));
    watch.close();
    closed.countDown();
    server.handle((request, answer) -> answer.json(200, stored()));
    assertTrue(cluster.get(MAP).isPresent());
    assertEquals(List.of(), List.copyOf(told));
  }

  private static Cluster.Watcher watcher(LinkedBlockingQueue<String> told) {
    return new Cluster.Watcher() {
      @Override
      public void changed(KubeObject object) {
        told.add("changed " + object.name());
      }

      @Override
      public void deleted(KubeObject last) {
        told.add("deleted " + last.name());
      }

      @Override
      public void closed(String why) {
        told.add("closed");
      }
    };
  }

  @Test
  void anEventIsRecordedAndNeverGetsInTheWay() {
    server.handle((request, answer) -> answer.json(403, status(403, "Forbidden", "no")));
    cluster.event(map(), "Warning", "Reason", "words");
    var request = server.requests.getFirst();
    assertEquals("POST /api/v1/namespaces/demo/events", request.toString());
    assertEquals("m", Json.parse(request.body()).at("/involvedObject/name").asText());
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
}
