package dev.salver.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.ObjectKey;
import dev.salver.kube.ResourceTypes;
import dev.salver.kube.run.SystemScheduler;
import dev.salver.sandbox.api.SandboxApi;
import dev.salver.sandbox.api.Selector;
import dev.salver.sandbox.autoscale.Autoscaler;
import dev.salver.sandbox.controllers.Controllers;
import dev.salver.sandbox.controllers.knative.KnativeOptions;
import dev.salver.sandbox.gateway.Gateway;
import dev.salver.sandbox.gateway.GatewayOptions;
import dev.salver.sandbox.node.Node;
import dev.salver.sandbox.node.NodeOptions;
import dev.salver.sandbox.node.Pods;
import dev.salver.sandbox.node.TestProgram;
import dev.salver.sandbox.node.Until;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** API, controllers, node, gateway and autoscaler together, with real processes and requests. */
final class ChangeUnderLoadTest {
  @TempDir Path state;
  private final SystemScheduler scheduler = new SystemScheduler();
  private final SandboxApi api = Pods.api(scheduler);
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private Gateway gateway;
  private Node node;
  private Controllers controllers;
  private Autoscaler autoscaler;

  @BeforeEach
  void start() throws IOException {
    gateway = Gateway.listen(vertx, api, GatewayOptions.of(0));
    controllers = Controllers.start(api, scheduler, KnativeOptions.localhost(gateway.port()));
    node =
        Node.start(
            api,
            TestProgram.programs(),
            NodeOptions.of(state, gateway.url()).withInFlight(gateway::inFlight),
            scheduler);
    autoscaler = Autoscaler.start(api, gateway, scheduler);
  }

  @AfterEach
  void stop() {
    autoscaler.close();
    node.close();
    controllers.close();
    gateway.close();
    scheduler.close();
    client.close();
    vertx.close().await();
  }

  @Test
  void noRequestIsLostWhileRevisionsReplaceEachOther() throws Exception {
    serve("first", "min-scale: '1', window: 6s");
    answeredBy("first");
    try (var load = new Load()) {
      serve("second", "min-scale: '1', window: 6s");
      answeredBy("second");
      serve("third", "min-scale: '1', window: 6s");
      answeredBy("third");
      Until.holds("the old pods' end", () -> pods() == 1);
      load.assertNoneLost();
    }
  }

  @Test
  void noRequestIsLostWhenAProcessIsKilled() throws Exception {
    serve("first", "min-scale: '2', window: 6s");
    answeredBy("first");
    Until.holds("two pods", () -> readyPods().size() == 2);
    try (var load = new Load()) {
      for (KubeObject pod : readyPods()) {
        process(pod).destroyForcibly();
        Until.holds("a restart", () -> restarts(pod) == 1 && readyPods().size() == 2);
      }
      load.assertNoneLost();
    }
  }

  @Test
  void aServiceSleepsAndWakesUpForARequest() throws Exception {
    serve("first", "window: 6s");
    answeredBy("first");
    Until.holds("sleep", () -> pods() == 0);
    assertEquals(0, node.running());
    assertEquals("first / 0", get("/"));
    assertTrue(pods() >= 1);
  }

  private void serve(String name, String scaling) {
    KubeObject service =
        Pods.object(
            """
            apiVersion: serving.knative.dev/v1
            kind: Service
            metadata: {name: iris, namespace: demo}
            spec:
              template:
                metadata: {annotations: {}}
                spec:
                  timeoutSeconds: 30
                  containerConcurrency: 0
                  containers:
                  - name: main
                    image: test:server
                    env: [{name: NAME, value: %s}]
                    ports: [{containerPort: 8080}]
                    readinessProbe: {httpGet: {path: /ready, port: 8080}, periodSeconds: 1}
              traffic: [{latestRevision: true, percent: 100}]
            """
                .formatted(name));
    var annotations =
        service
            .tree()
            .path("spec")
            .path("template")
            .path("metadata")
            .withObjectProperty("annotations");
    Pods.object("{" + scaling + "}")
        .tree()
        .properties()
        .forEach(
            e -> annotations.put("autoscaling.knative.dev/" + e.getKey(), e.getValue().asText()));
    api.apply(service, "test", true);
  }

  private void answeredBy(String name) throws Exception {
    Until.gives("an answer by " + name, () -> get("/"), (name + " / 0")::equals);
  }

  private String get(String path) throws IOException, InterruptedException {
    return client.send(request(path), HttpResponse.BodyHandlers.ofString()).body();
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create(gateway.url() + "/serving/demo/iris" + path))
        .timeout(Duration.ofSeconds(30))
        .build();
  }

  private int pods() {
    return api.list(ResourceTypes.POD, "demo", Selector.ANY).items().size();
  }

  private List<KubeObject> readyPods() {
    return api.list(ResourceTypes.POD, "demo", Selector.ANY).items().stream()
        .filter(pod -> pod.is("Ready"))
        .toList();
  }

  private int restarts(KubeObject pod) {
    return container(pod.key()).path("restartCount").asInt();
  }

  private ProcessHandle process(KubeObject pod) {
    String id = container(pod.key()).path("containerID").asText();
    return ProcessHandle.of(Long.parseLong(id.substring("process://".length()))).orElseThrow();
  }

  private JsonNode container(ObjectKey pod) {
    return api.get(pod).orElseThrow().status().path("containerStatuses").path(0);
  }

  /** Twenty requests a second, whether or not earlier ones were answered. */
  private final class Load implements AutoCloseable {
    private final ConcurrentLinkedQueue<CompletableFuture<String>> sent =
        new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    Load() {
      var _ = clock.scheduleAtFixedRate(this::send, 0, 50, TimeUnit.MILLISECONDS);
    }

    private void send() {
      sent.add(
          client
              .sendAsync(request("/slow?30"), HttpResponse.BodyHandlers.ofString())
              .handle(
                  (answer, failure) ->
                      failure != null
                          ? failure.toString()
                          : answer.statusCode()
                              + (answer.statusCode() == 200 ? "" : answer.body())));
    }

    void assertNoneLost() throws Exception {
      Until.holds("enough requests", () -> sent.size() > 40);
      clock.shutdown();
      assertTrue(clock.awaitTermination(10, TimeUnit.SECONDS));
      var lost = new ArrayList<String>();
      for (CompletableFuture<String> each : sent) {
        String outcome = each.get(30, TimeUnit.SECONDS);
        if (!outcome.equals("200")) {
          lost.add(outcome);
        }
      }
      assertEquals(List.of(), lost);
    }

    @Override
    public void close() {
      clock.shutdownNow();
    }
  }
}
