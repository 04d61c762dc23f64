package dev.salver.sandbox.node;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.run.SystemScheduler;
import dev.salver.sandbox.api.SandboxApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A node that runs pods of an API with programs for tests. */
abstract class RunningNode {
  @TempDir Path state;
  final SystemScheduler scheduler = new SystemScheduler();
  final SandboxApi api = Pods.api(scheduler);
  final HttpClient client = HttpClient.newHttpClient();
  Node node;

  @BeforeEach
  void start() throws IOException {
    node = Node.start(api, TestProgram.programs(), options(), scheduler);
  }

  @AfterEach
  void stop() {
    node.close();
    scheduler.close();
    client.close();
    api.close();
  }

  NodeOptions options() {
    return NodeOptions.of(state, "http://127.0.0.1:9")
        .withBackOff(Duration.ofMillis(50), Duration.ofSeconds(60), Duration.ofMinutes(10));
  }

  Optional<KubeObject> pod(String name) {
    return api.get(Pods.key("demo", name));
  }

  KubeObject ready(String name) throws Exception {
    return Until.gives(
            name + " ready", () -> pod(name), pod -> pod.isPresent() && pod.get().is("Ready"))
        .get();
  }

  JsonNode container(String name) {
    return pod(name).get().status().path("containerStatuses").path(0);
  }

  ProcessHandle process(String name) {
    String id = container(name).path("containerID").asText();
    return ProcessHandle.of(Long.parseLong(id.substring("process://".length()))).orElseThrow();
  }

  String get(KubeObject pod, String path) throws IOException, InterruptedException {
    int port = PodPorts.of(pod).local(8080).orElseThrow();
    return client
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
