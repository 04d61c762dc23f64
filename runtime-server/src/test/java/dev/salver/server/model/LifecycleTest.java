package dev.salver.server.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.salver.server.ExtractNatives;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start, load, overload, drain, end. */
final class LifecycleTest {
  @TempDir Path temp;

  private static final Path LABEL = RunningServer.MODELS.resolve("iris-label.onnx");

  private String lastWords(Map<String, String> environment, String... flags) throws Exception {
    Path file = temp.resolve("last-words");
    Map<String, String> whole = new java.util.HashMap<>(environment);
    whole.put("SALVER_TERMINATION_LOG", file.toString());
    var server = RunningServer.start("iris", List.of(flags), whole);
    assertEquals(1, server.exitCode(), server::log);
    String words = Files.readString(file);
    assertTrue(server.log().contains("error " + words), server::log);
    assertEquals(1, words.lines().count(), words);
    return words;
  }

  @Test
  void itIsNotReadyBeforeTheModelIsLoadedAndLiveAllTheTime() throws Exception {
    var release = new CountDownLatch(1);
    HttpServer slow =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] model = Files.readAllBytes(LABEL);
    slow.createContext(
        "/",
        exchange -> {
          try {
            assertTrue(release.await(60, TimeUnit.SECONDS));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(200, model.length);
          exchange.getResponseBody().write(model);
          exchange.close();
        });
    slow.start();
    String uri = "http://127.0.0.1:" + slow.getAddress().getPort() + "/iris.onnx";
    Path folder = temp.resolve("models");
    try (var server =
        RunningServer.start(
            "iris", List.of("--model_dir", folder.toString()), Map.of("STORAGE_URI", uri))) {
      assertEquals(200, server.get("/v2/health/live").statusCode());
      assertEquals(503, server.get("/v2/health/ready").statusCode());
      assertEquals("{\"ready\":false}", server.get("/v2/health/ready").body());
      assertEquals(503, server.get("/v1/models/iris").statusCode());
      assertEquals(503, server.infer("{}").statusCode());
      release.countDown();
      server.awaitReady();
      assertEquals(
          "{\"predictions\":[0]}", server.predict("{\"instances\":[[5.1,3.5,1.4,0.2]]}").body());
      assertEquals(List.of("iris.onnx"), names(folder));
    } finally {
      slow.stop(0);
    }
  }

  private static List<String> names(Path folder) throws Exception {
    try (var files = Files.list(folder)) {
      return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
    }
  }

  @Test
  void aFolderThatIsFilledIsServedAsItIs() throws Exception {
    Path folder = Files.createDirectories(temp.resolve("iris/3"));
    Files.copy(LABEL, folder.resolve("model.onnx"));
    Files.createDirectories(temp.resolve("iris/2"));
    Files.copy(RunningServer.MODELS.resolve("divide.onnx"), temp.resolve("iris/2/model.onnx"));
    try (var server =
        RunningServer.start(
            "iris",
            List.of("--model-dir=" + temp),
            Map.of("STORAGE_URI", "http://127.0.0.1:1/not-asked"))) {
      server.awaitReady();
      assertTrue(server.get("/v2/models/iris").body().contains("\"versions\":[\"3\"]"));
      assertEquals(200, server.get("/v2/models/iris/versions/3").statusCode());
    }
  }

  @Test
  void aRequestThatWasGivenToWarmUpMustBeAnsweredBeforeTheServerIsReady() throws Exception {
    String model = "--model_dir=" + LABEL;
    assertTrue(
        lastWords(Map.of("SALVER_WARM_UP", "{\"instances\":[[5.1,3.5]]}"), model)
            .startsWith("the request to warm up with failed: "));
    try (var server =
        RunningServer.start(
            "iris",
            List.of(model),
            Map.of("SALVER_WARM_UP", "{\"instances\":[[5.1,3.5,1.4,0.2]]}"))) {
      server.awaitReady();
    }
  }

  @Test
  void whatCanNotBeServedIsSaidInOneLineAndInTheTerminationMessage() throws Exception {
    Path empty = Files.createDirectory(temp.resolve("empty"));
    assertEquals("there is no .onnx file in " + empty, lastWords(Map.of(), "--model_dir=" + empty));
    assertEquals(
        "there is nothing at " + temp + "/none.onnx",
        lastWords(Map.of("STORAGE_URI", "file://" + temp + "/none.onnx"), "--model_dir=" + empty));
    assertEquals(
        "models can't be read from s4: addresses; supported are file, http, https, s3, gs, az, hf,"
            + " oci",
        lastWords(Map.of("STORAGE_URI", "s4://bucket/x"), "--model_dir=" + empty));
    Path text =
        Files.writeString(temp.resolve("text.onnx"), "these are not the weights you look for");
    assertTrue(
        lastWords(Map.of(), "--model_dir=" + text)
            .startsWith(text.getFileName() + " is not an ONNX model: "));
    byte[] model = Files.readAllBytes(LABEL);
    Path cut =
        Files.write(temp.resolve("cut.onnx"), java.util.Arrays.copyOf(model, model.length / 2));
    assertTrue(
        lastWords(Map.of(), "--model_dir=" + cut)
            .startsWith(cut.getFileName() + " is not an ONNX model: a field says"));
    String sequence =
        lastWords(Map.of(), "--model_dir=" + RunningServer.MODELS.resolve("sequence.onnx"));
    assertTrue(
        sequence.contains("output \"xs\" is a sequence; only tensors can be served"), sequence);
    Path two = Files.createDirectory(temp.resolve("two"));
    Files.copy(LABEL, two.resolve("a.onnx"));
    Files.copy(LABEL, two.resolve("b.onnx"));
    assertEquals(
        "there must be one model in " + two + ", there are: a.onnx, b.onnx",
        lastWords(Map.of(), "--model_dir=" + two));
  }

  private static String rounds(long n) {
    return "{\"inputs\":[{\"name\":\"rounds\",\"shape\":[],\"datatype\":\"INT64\",\"data\":["
        + n
        + "]}]}";
  }

  @Test
  void aRunBeyondItsTimeIsEndedAndTheNextOneIsServed() throws Exception {
    try (var server = RunningServer.of("slow", "--timeout_seconds=1", "--threads=1")) {
      var late = server.infer(rounds(Long.MAX_VALUE));
      assertEquals(504, late.statusCode());
      assertEquals("there was no answer within 1000 ms", RunningServer.error(late));
      assertEquals(
          5.0, server.inferred(rounds(5)).path("outputs").path(0).path("data").path(0).asDouble());
    }
  }

  @Test
  void whenTheQueueIsFullClientsAreToldToComeBack() throws Exception {
    try (var server =
        RunningServer.of("slow", "--timeout_seconds=2", "--threads=1", "--max_waiting=2")) {
      var answers = new ArrayList<CompletableFuture<java.net.http.HttpResponse<String>>>();
      for (int i = 0; i < 8; i++) {
        answers.add(server.inferLater(rounds(Long.MAX_VALUE)));
      }
      int refused = 0;
      for (var answer : answers) {
        var response = answer.get(60, TimeUnit.SECONDS);
        assertTrue(response.statusCode() == 503 || response.statusCode() == 504, response::body);
        if (response.statusCode() == 503) {
          refused++;
          assertEquals("1", response.headers().firstValue("retry-after").orElse(""));
        }
      }
      assertTrue(refused >= 5, "refused " + refused);
    }
  }

  @Test
  void requestsUnderWayAreAnsweredBeforeTheEnd() throws Exception {
    var server = RunningServer.of("slow", "--threads=1");
    var answer = server.inferLater(rounds(300_000));
    RunningServer.until(() -> inFlight(server) == 1 || answer.isDone());
    server.endInput();
    assertEquals(200, answer.get(60, TimeUnit.SECONDS).statusCode());
    assertEquals(0, server.exitCode());
    assertTrue(server.log().contains("draining on the end of standard input"), server::log);
  }

  private static int inFlight(RunningServer server) {
    try {
      String metrics = server.get("/metrics").body();
      return metrics.contains("salver_requests_in_flight{model_name=\"slow\"} 1\n") ? 1 : 0;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aModelThatBreaksOnAValueSaysSoAndGoesOn() throws Exception {
    try (var server = RunningServer.of("lookup")) {
      String body =
          "{\"inputs\":[{\"name\":\"position\",\"shape\":[1],\"datatype\":\"INT64\",\"data\":[%d]}]}";
      var broken = server.infer(body.formatted(99));
      assertTrue(broken.statusCode() == 400 || broken.statusCode() == 500, broken::body);
      assertTrue(RunningServer.error(broken).contains("out of data bounds"), broken::body);
      assertFalse(broken.body().contains("/onnxruntime/"), broken::body);
      assertEquals(200, server.infer(body.formatted(2)).statusCode());
    }
  }

  @Test
  void wrongFlagsGetOneLineThatListsTheRightOnes() throws Exception {
    var unknown = RunningServer.start("iris", List.of("--modeldir=/x"), Map.of());
    assertEquals(2, unknown.exitCode());
    assertTrue(
        unknown.log().startsWith("there is no flag --modeldir=/x; there are --drain_seconds, "),
        unknown::log);
    assertEquals(1, unknown.log().lines().count());
    var port = RunningServer.start("iris", List.of("--http_port", "8080"), Map.of("PORT", "http"));
    assertEquals(2, port.exitCode());
    assertEquals("PORT must be a number from 0 to 65535, not \"http\"", port.log().strip());
    var help = RunningServer.start("iris", List.of("--help"), Map.of());
    assertEquals(0, help.exitCode());
    assertTrue(help.log().contains("--max_body_bytes"), help::log);
  }

  @Test
  void theTrainingRunCallsItselfAndEndsWell() throws Exception {
    var server =
        RunningServer.start(
            "iris",
            List.of("--model_dir=" + LABEL, "--exit-after-warmup", "--log_format=json"),
            Map.of());
    assertEquals(0, server.exitCode(), server::log);
    assertTrue(
        server.log().contains("\"message\":\"draining on the end of the warm-up\""), server::log);
  }

  @Test
  void theNativeLibrariesOfThisPlatformCanBeExtracted() throws Exception {
    List<Path> files = ExtractNatives.into(temp.resolve("natives"));
    assertEquals(2, files.size());
    for (Path file : files) {
      assertTrue(Files.size(file) > 10_000, file::toString);
    }
  }
}
