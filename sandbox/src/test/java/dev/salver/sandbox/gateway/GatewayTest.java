package dev.salver.sandbox.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.run.SystemScheduler;
import dev.salver.sandbox.api.Api;
import dev.salver.sandbox.api.SandboxApi;
import dev.salver.sandbox.autoscale.Statistics;
import dev.salver.sandbox.node.Pods;
import dev.salver.sandbox.node.Until;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GatewayTest {
  private static final String ALL_TO_ONE = "[{revisionName: iris-00001, percent: 100}]";

  private final SystemScheduler scheduler = new SystemScheduler();
  private final SandboxApi api = Pods.api(scheduler);
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Upstream> upstreams = new ArrayList<>();
  private Gateway gateway;

  @BeforeEach
  void listen() throws IOException {
    gateway = Gateway.listen(vertx, api, GatewayOptions.of(0));
  }

  @AfterEach
  void close() {
    upstreams.forEach(Upstream::close);
    gateway.close();
    client.close();
    vertx.close().await();
    scheduler.close();
  }

  @Test
  void aServiceIsCalledByPathByHostAndThroughTheProxy() throws Exception {
    iris("timeoutSeconds: 5", true);
    assertEquals(
        "one POST /v1/models/iris:predict?x=1 5",
        post("/v1/models/iris:predict?x=1", "hello").body());
    assertEquals("one GET /x 0", raw("GET /x HTTP/1.1\r\nHost: iris.demo.localhost:8080\r\n"));
    for (String name : List.of("iris.demo", "iris.demo.svc", "IRIS.demo.svc.cluster.local")) {
      assertEquals(
          "one GET /y 0", raw("GET http://" + name + "/y HTTP/1.1\r\nHost: " + name + "\r\n"));
    }
    assertEquals(418, get("/teapot").statusCode());
  }

  @Test
  void theFrontPageListsServicesAndUnknownHostsAreToldWhichExist() throws Exception {
    iris("timeoutSeconds: 5", true);
    String index = send("/", HttpRequest.newBuilder()).body();
    assertEquals(
        gateway.url() + "/serving/demo/iris/",
        Json.parse(index).path("services").path(0).path("url").asText());
    String page = send("/", HttpRequest.newBuilder().header("accept", "text/html")).body();
    assertTrue(page.contains("<a href=\"" + gateway.url() + "/serving/demo/iris/\">"), page);
    String unknown = raw("GET / HTTP/1.1\r\nHost: rose.demo.localhost\r\n");
    assertEquals("UnknownHost", Json.parse(unknown).path("reason").asText());
    assertEquals("iris.demo.localhost", Json.parse(unknown).path("hosts").path(0).asText());
    assertEquals(404, send("/serving/demo/rose/", HttpRequest.newBuilder()).statusCode());
  }

  @Test
  void headersTellWhereARequestCameFromAndWhichTraceItBelongsTo() throws Exception {
    iris("timeoutSeconds: 5", true);
    String made = get("/headers").body();
    assertTrue(made.contains("Traceparent=[00-"), made);
    assertTrue(made.contains("X-request-id=["), made);
    assertTrue(made.contains("X-forwarded-for=[127.0.0.1]"), made);
    assertTrue(made.contains("X-forwarded-prefix=[/serving/demo/iris]"), made);
    assertTrue(made.contains("Host=[iris.demo.localhost]"), made);
    assertTrue(made.contains("Knative-serving-revision=[iris-00001]"), made);
    String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    String passed =
        send(
                "/serving/demo/iris/headers",
                HttpRequest.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .header("traceparent", trace)
                    .header("te", "gzip"))
            .body();
    assertTrue(passed.contains("Traceparent=[" + trace + "]"), passed);
    assertTrue(!passed.contains("Te="), passed);
  }

  @Test
  void aRequestForASleepingRevisionWakesItAndWaitsForItsPod() throws Exception {
    iris("timeoutSeconds: 5", false);
    var woken = new LinkedBlockingQueue<Statistics.Revision>();
    AutoCloseable waking = gateway.onWaiting(woken::add);
    CompletableFuture<HttpResponse<String>> waiting = getLater("/late");
    assertEquals(new Statistics.Revision("demo", "iris-00001"), woken.poll(10, TimeUnit.SECONDS));
    var sample = gateway.take(new Statistics.Revision("demo", "iris-00001")).orElseThrow();
    assertTrue(sample.concurrency() > 0, sample::toString);
    pod("one", "iris-00001");
    assertEquals("one GET /late 0", waiting.get(10, TimeUnit.SECONDS).body());
    waking.close();
  }

  @Test
  void aFailedRevisionIsAnsweredAtOnceWithItsReason() throws Exception {
    Pods.put(api, Fixtures.failedRevision("iris-00001", "no such model"));
    Pods.put(api, Fixtures.route("iris", ALL_TO_ONE));
    Until.holds("the route", () -> gateway.routes("demo", "iris"));
    HttpResponse<String> refused = get("/x");
    assertEquals(503, refused.statusCode());
    assertEquals("1", refused.headers().firstValue("retry-after").orElseThrow());
    assertTrue(refused.body().contains("no such model"), refused::body);
  }

  @Test
  void whoeverWaitsTooLongIsToldSoAndAFullQueueRefuses() throws Exception {
    gateway.close();
    gateway =
        Gateway.listen(
            vertx,
            api,
            GatewayOptions.of(0).withWaiting(1, Duration.ofMillis(700), Duration.ofMillis(700)));
    iris("timeoutSeconds: 5", false);
    var revision = new Statistics.Revision("demo", "iris-00001");
    CompletableFuture<HttpResponse<String>> first = getLater("/a");
    Until.holds(
        "the first to wait",
        () -> gateway.take(revision).map(s -> s.concurrency() > 0).orElse(false));
    HttpResponse<String> second = get("/b");
    assertEquals(503, second.statusCode());
    assertEquals("Overloaded", Json.parse(second.body()).path("reason").asText());
    HttpResponse<String> tooLate = first.get(10, TimeUnit.SECONDS);
    assertEquals(503, tooLate.statusCode());
    assertEquals("NoPodReady", Json.parse(tooLate.body()).path("reason").asText());
  }

  @Test
  void aPodGetsNoMoreRequestsAtATimeThanItsLimitAndTenTimesThatWait() throws Exception {
    iris("containerConcurrency: 1, timeoutSeconds: 20", true);
    Upstream upstream = upstreams.getFirst();
    var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int i = 0; i < 11; i++) {
      answers.add(getLater("/hold"));
      int begun = i + 1;
      Until.holds("request " + begun, () -> concurrency() == begun);
    }
    assertEquals(503, get("/hold").statusCode());
    upstream.gate.countDown();
    for (var answer : answers) {
      assertEquals(200, answer.get(10, TimeUnit.SECONDS).statusCode());
    }
    assertEquals(1, upstream.most.get());
    assertEquals(11, upstream.all.get());
  }

  @Test
  void aRevisionThatTakesTooLongIsATimeout() throws Exception {
    iris("timeoutSeconds: 1", true);
    HttpResponse<String> late = get("/hold");
    assertEquals(504, late.statusCode());
    assertTrue(late.body().contains("within 1 s"), late::body);
  }

  @Test
  void aBodyOverTheLimitIsRefusedWhetherItsLengthIsDeclaredOrNot() throws Exception {
    gateway.close();
    gateway = Gateway.listen(vertx, api, GatewayOptions.of(0).withMaxBody(100_000));
    iris("timeoutSeconds: 5", true);
    assertEquals(413, post("/x", "a".repeat(100_001)).statusCode());
    assertEquals(200, post("/x", "a".repeat(100_000)).statusCode());
    byte[] much = new byte[300_000];
    HttpRequest.Builder chunked =
        HttpRequest.newBuilder()
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new java.io.ByteArrayInputStream(much)));
    assertEquals(413, send("/serving/demo/iris/x", chunked).statusCode());
  }

  @Test
  void aLargeBodyIsStreamedThroughInBothDirections() throws Exception {
    iris("timeoutSeconds: 20", true);
    assertEquals("one POST /big 20000000", post("/big", "a".repeat(20_000_000)).body());
  }

  @Test
  void aPodThatWentAwayIsReplacedByAnotherWithoutTheClientNoticing() throws Exception {
    iris("timeoutSeconds: 5", true);
    int dead = new Upstream("dead").port();
    Upstream gone = new Upstream("gone");
    int port = gone.port();
    gone.close();
    assertTrue(dead != port);
    Pods.put(api, Fixtures.pod("gone", Fixtures.revisionLabel("iris-00001"), port));
    for (int i = 0; i < 20; i++) {
      assertEquals("one POST /x 1", post("/x", "a").body());
    }
  }

  @Test
  void aDeletedPodGetsNoNewRequestsAndKeepsTheOnesItHas() throws Exception {
    iris("timeoutSeconds: 20", true);
    CompletableFuture<HttpResponse<String>> old = getLater("/hold");
    Until.holds("the request", () -> upstreams.getFirst().now.get() == 1);
    KubeObject first = api.get(Pods.key("demo", "one")).orElseThrow();
    assertEquals(1, gateway.inFlight(first.uid()));
    pod("two", "iris-00001");
    api.delete(first.key(), Api.Preconditions.NONE);
    Until.holds("the change", () -> get("/x").body().startsWith("two"));
    for (int i = 0; i < 20; i++) {
      assertEquals("two GET /x 0", get("/x").body());
    }
    assertEquals(1, gateway.inFlight(first.uid()));
    upstreams.getFirst().gate.countDown();
    assertEquals("one GET /hold 0", old.get(10, TimeUnit.SECONDS).body());
    Until.holds("nothing under way", () -> gateway.inFlight(first.uid()) == 0);
  }

  @Test
  void trafficIsSplitByPercentAndTagsReachTheirRevision() throws Exception {
    Pods.put(api, Fixtures.revision("iris-00001", "timeoutSeconds: 5"));
    Pods.put(api, Fixtures.revision("iris-00002", "timeoutSeconds: 5"));
    pod("one", "iris-00001");
    pod("two", "iris-00002");
    Pods.put(
        api,
        Fixtures.route(
            "iris",
            "[{revisionName: iris-00001, percent: 75}, {revisionName: iris-00002, percent: 25},"
                + " {revisionName: iris-00002, tag: next, url: \"http://next-iris.demo.localhost\"}]"));
    Until.holds("a pod", () -> gateway.routes("demo", "iris") && get("/x").statusCode() == 200);
    int two = 0;
    for (int i = 0; i < 400; i++) {
      two += get("/x").body().startsWith("two") ? 1 : 0;
    }
    assertTrue(two > 50 && two < 150, "of 400 requests " + two + " went to the second revision");
    assertEquals("two GET /x 0", raw("GET /x HTTP/1.1\r\nHost: next-iris.demo.localhost\r\n"));
  }

  @Test
  void aClientThatLeavesWhileWaitingIsForgotten() throws Exception {
    iris("timeoutSeconds: 5", false);
    var revision = new Statistics.Revision("demo", "iris-00001");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket
          .getOutputStream()
          .write("GET /x HTTP/1.1\r\nHost: iris.demo\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      Until.holds(
          "the request", () -> gateway.take(revision).map(s -> s.concurrency() > 0).orElse(false));
    }
    Until.holds("its end", () -> concurrency() == 0);
    pod("one", "iris-00001");
    assertEquals("one GET /y 0", get("/y").body());
    assertEquals(1, upstreams.getFirst().all.get());
  }

  private double concurrency() {
    var revision = new Statistics.Revision("demo", "iris-00001");
    gateway.take(revision);
    return Math.round(gateway.take(revision).map(Statistics.Sample::concurrency).orElse(0.0));
  }

  private void iris(String spec, boolean running) throws Exception {
    Pods.put(api, Fixtures.revision("iris-00001", spec));
    Pods.put(api, Fixtures.route("iris", ALL_TO_ONE));
    if (running) {
      pod("one", "iris-00001");
    }
    Until.holds("the route", () -> gateway.routes("demo", "iris"));
  }

  private void pod(String name, String revision) throws IOException {
    var upstream = new Upstream(name);
    upstreams.add(upstream);
    Pods.put(api, Fixtures.pod(name, Fixtures.revisionLabel(revision), upstream.port()));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send("/serving/demo/iris" + path, HttpRequest.newBuilder());
  }

  private CompletableFuture<HttpResponse<String>> getLater(String path) {
    return client.sendAsync(
        HttpRequest.newBuilder(URI.create(gateway.url() + "/serving/demo/iris" + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return send(
        "/serving/demo/iris" + path,
        HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> send(String path, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(
        request.uri(URI.create(gateway.url() + path)).timeout(Duration.ofSeconds(20)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** The body of the answer to a request as it stands, because clients don't let one set Host. */
  private String raw(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();
      String answer = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }
  }
}
