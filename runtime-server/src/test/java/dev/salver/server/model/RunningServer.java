package dev.salver.server.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** The role "model" in this process, on a free port, talked to as any client would. */
final class RunningServer implements AutoCloseable {
  static final Path MODELS = Path.of("src/test/models");
  static final Path QUICKSTART = Path.of("../examples/quickstart");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LISTENING = Pattern.compile("listening on \\S+:(\\d+)");

  private final PipedOutputStream stdin = new PipedOutputStream();
  private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final String name;

  private RunningServer(String name, List<String> flags, Map<String, String> environment)
      throws IOException {
    this.name = name;
    var in = new PipedInputStream(stdin);
    Map<String, String> whole = new HashMap<>(environment);
    whole.putIfAbsent("PORT", "0");
    whole.putIfAbsent("SALVER_STDIN", "hold");
    var err = new PrintStream(stderr, true, StandardCharsets.UTF_8);
    List<String> all = new ArrayList<>(List.of("--model_name", name));
    all.addAll(flags);
    Thread.ofPlatform()
        .daemon()
        .start(() -> exit.complete(new ModelRole(whole, in, err, err).run(all)));
  }

  /** Starts without waiting for anything. */
  static RunningServer start(String name, List<String> flags, Map<String, String> environment)
      throws IOException {
    return new RunningServer(name, flags, environment);
  }

  /** A server whose model is ready, of the tests' own models. */
  static RunningServer of(String model, String... flags) throws Exception {
    return ready(model, MODELS.resolve(model + ".onnx"), flags);
  }

  static RunningServer ready(String name, Path model, String... flags) throws Exception {
    List<String> all = new ArrayList<>(List.of("--model_dir=" + model));
    all.addAll(List.of(flags));
    var server = start(name, all, Map.of());
    server.awaitReady();
    return server;
  }

  void awaitReady() throws Exception {
    until(() -> log().contains("is ready") || exit.isDone());
    if (exit.isDone()) {
      fail("ended with " + exit.get() + ": " + log());
    }
    assertEquals(200, get("/v2/health/ready").statusCode());
  }

  static void until(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        fail("it did not come true within " + PATIENCE);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  String log() {
    return stderr.toString(StandardCharsets.UTF_8);
  }

  int port() throws InterruptedException {
    until(() -> LISTENING.matcher(log()).find() || exit.isDone());
    var match = LISTENING.matcher(log());
    return match.find() ? Integer.parseInt(match.group(1)) : fail(log());
  }

  int exitCode() throws Exception {
    return exit.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** What the parent's end does. */
  void endInput() throws IOException {
    stdin.close();
  }

  HttpResponse<String> get(String path) throws Exception {
    return send("GET", path, "", Map.of());
  }

  HttpResponse<String> post(String path, String body) throws Exception {
    return send("POST", path, body, Map.of("content-type", "application/json"));
  }

  HttpResponse<String> infer(String body) throws Exception {
    return post("/v2/models/" + name + "/infer", body);
  }

  HttpResponse<String> predict(String body) throws Exception {
    return post("/v1/models/" + name + ":predict", body);
  }

  /** The answer to an inference that should succeed. */
  JsonNode inferred(String body) throws Exception {
    var answer = infer(body);
    assertEquals(200, answer.statusCode(), answer::body);
    return Json.parse(answer.body());
  }

  /** The message of an inference that should be refused. */
  String refused(String body) throws Exception {
    var answer = infer(body);
    assertEquals(400, answer.statusCode(), answer::body);
    return error(answer);
  }

  static String error(HttpResponse<String> answer) {
    JsonNode body = Json.parse(answer.body());
    assertEquals(1, body.size(), answer::body);
    return body.path("error").textValue();
  }

  HttpResponse<String> send(String method, String path, String body, Map<String, String> headers)
      throws Exception {
    return client.send(
        request(path, headers).method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> inferLater(String body) throws Exception {
    return client.sendAsync(
        request("/v2/models/" + name + "/infer", Map.of())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpRequest.Builder request(String path, Map<String, String> headers) throws Exception {
    var builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path)).timeout(PATIENCE);
    headers.forEach(builder::header);
    return builder;
  }

  HttpClient client() {
    return client;
  }

  @Override
  public void close() throws IOException {
    stdin.close();
    exit.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    client.close();
  }
}
