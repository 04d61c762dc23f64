package dev.salver.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The quickstart as a user lives through it: one {@code up}, from the first start to the last. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class QuickstartTest {
  private static final Path EXAMPLE = Path.of("quickstart").toAbsolutePath();
  private static final Duration CHANGE = Duration.ofMinutes(1);
  private static final int PER_SECOND = 20;
  private static final int LOOP_SECONDS = 60;

  @TempDir private static Path folder;

  private static Running up;

  @BeforeAll
  static void start() throws Exception {
    up = Running.up(Running.copy(EXAMPLE, folder.resolve("quickstart")));
  }

  @AfterAll
  static void stop() throws Exception {
    up.end();
  }

  @Test
  @Order(1)
  void theFirstStartSaysWhatItDidAndBothModelsAnswerRight() throws Exception {
    String said = up.output();
    for (String step :
        List.of("checked", "compiled", "committed", "answers", "SERVICE", "curl -s")) {
      assertTrue(said.contains(step), () -> "no \"" + step + "\" in:\n" + up.output());
    }
    JsonNode expected = Json.parse(Files.readString(EXAMPLE.resolve("expected.json")));
    for (String model : List.of("iris", "digits")) {
      HttpResponse<String> answer = infer(model);
      assertEquals(200, answer.statusCode(), answer::body);
      assertEquals(
          expected.path(model).path("label"), output(answer.body(), "label"), answer::body);
    }
  }

  @Test
  @Order(2)
  void statusAndLogsWorkFromASecondTerminal() throws Exception {
    Running.Said status = Running.run("status", up.project().toString());
    assertEquals(0, status.code(), status::text);
    assertTrue(status.text().contains("iris-predictor-00001"), status::text);
    Running.Said json = Running.run("status", up.project().toString(), "--format", "json");
    assertEquals("iris", Json.parse(json.text()).path("services").path(1).path("name").asText());
    Running.Said logs = Running.run("logs", "iris", up.project().toString());
    assertEquals(0, logs.code(), logs::text);
    assertTrue(logs.text().contains("ready"), logs::text);
    Running.Said unknown = Running.run("logs", "irsi", up.project().toString());
    assertEquals(2, unknown.code());
    assertTrue(unknown.text().contains("there are digits, iris"), unknown::text);
  }

  @Test
  @Order(3)
  void aSecondUpInTheSameFolderSaysWhoRuns() throws Exception {
    Running.Said second = Running.run("up", up.project().toString(), "--port", "0");
    assertEquals(3, second.code(), second::text);
    assertTrue(second.text().contains("already runs here"), second::text);
    assertTrue(second.text().contains("salver down"), second::text);
  }

  @Test
  @Order(4)
  void aMistakeIsShownAndTheRunningVersionGoesOn() throws Exception {
    Path source = up.project().resolve("project.serve");
    String good = Files.readString(source);
    int before = up.linesSoFar();
    Files.writeString(source, good.replace("timeout = 10s", "timeuot = 10s"));
    up.await("timeuot", before, CHANGE);
    up.await("what runs goes on", before, CHANGE);
    assertEquals(200, infer("iris").statusCode());
    Files.writeString(source, good);
  }

  @Test
  @Order(5)
  void noRequestIsLostWhileTheModelChangesTwice() throws Exception {
    Path model = up.project().resolve("models/iris.onnx");
    Path original = EXAMPLE.resolve("models/iris.onnx");
    String first = output(infer("iris").body(), "probabilities").toString();
    try (var loop =
        new OpenLoop(
            "http://127.0.0.1:"
                + up.gatewayPort()
                + "/serving/quickstart/iris/v2/models/iris/infer",
            request("iris"))) {
      loop.start(PER_SECOND);
      int total = PER_SECOND * LOOP_SECONDS;
      replace(model, retrained());
      String second = awaitOther(first);
      up.until(() -> loop.asked() >= total / 2, CHANGE, "half of the requests");
      replace(model, original);
      assertEquals(first, awaitOther(second));
      up.until(
          () -> loop.asked() >= total, Duration.ofSeconds(LOOP_SECONDS * 2), "all the requests");
      List<OpenLoop.Answer> answers = loop.stop();
      var others =
          answers.stream()
              .filter(answer -> answer.status() != 200)
              .map(OpenLoop.Answer::toString)
              .collect(Collectors.joining("\n"));
      assertEquals("", others, () -> up.output());
      for (OpenLoop.Answer answer : answers) {
        String got = output(answer.body(), "probabilities").toString();
        assertTrue(got.equals(first) || got.equals(second), answer::body);
      }
    }
  }

  @Test
  @Order(6)
  void anIdleModelHasNoProcessAndTheNextRequestWakesIt() throws Exception {
    up.until(
        () -> up.servers("digits").isEmpty(), Duration.ofMinutes(2), "digits still has a process");
    assertFalse(up.servers("iris").isEmpty(), "iris stays warm");
    HttpResponse<String> answer = infer("digits");
    assertEquals(200, answer.statusCode(), answer::body);
    assertFalse(up.servers("digits").isEmpty());
  }

  @Test
  @Order(7)
  void aKilledServerIsStartedAgainAndRequestsWait() throws Exception {
    ProcessHandle server = up.servers("iris").getFirst();
    server.destroyForcibly();
    server.onExit().get(10, TimeUnit.SECONDS);
    HttpResponse<String> answer = infer("iris");
    assertTrue(
        answer.statusCode() == 200
            || (answer.statusCode() == 503
                && answer.headers().firstValue("retry-after").isPresent()),
        () -> answer.statusCode() + " " + answer.body());
    up.until(() -> status(() -> infer("iris")) == 200, CHANGE, "iris does not answer again");
  }

  @Test
  @Order(8)
  void badBodiesAreRefusedWithTheTensorsNameAndWhatWasExpected() throws Exception {
    HttpResponse<String> shape =
        up.post(
            "iris/v2/models/iris/infer",
            "{\"inputs\":[{\"name\":\"input\",\"shape\":[1,3],\"datatype\":\"FP32\",\"data\":[1,2,3]}]}");
    assertEquals(400, shape.statusCode());
    assertTrue(shape.body().contains("input") && shape.body().contains("4"), shape::body);
    HttpResponse<String> nonsense = up.post("iris/v2/models/iris/infer", "x".repeat(100_000_000));
    assertEquals(413, nonsense.statusCode(), nonsense::body);
    assertEquals(200, infer("iris").statusCode());
  }

  @Test
  @Order(9)
  void afterKillNineTheNextStartTidiesUpAndGoesOn() throws Exception {
    List<ProcessHandle> left = up.servers();
    up.process().destroyForcibly().waitFor();
    up = Running.up(up.project());
    for (ProcessHandle process : left) {
      assertFalse(process.isAlive(), () -> "process " + process.pid() + " was left");
    }
    assertEquals(200, infer("iris").statusCode());
    assertTrue(up.output().contains("unchanged"), () -> up.output());
  }

  @Test
  @Order(10)
  void downEndsEverythingAndLeavesNoProcessPortOrLock() throws Exception {
    List<ProcessHandle> processes = up.servers();
    assertFalse(processes.isEmpty());
    int port = up.gatewayPort();
    Running.Said down = Running.run("down", up.project().toString());
    assertEquals(0, down.code(), down::text);
    assertFalse(up.process().isAlive());
    for (ProcessHandle process : processes) {
      assertFalse(process.isAlive(), () -> "process " + process.pid() + " is left");
    }
    try (var free = new java.net.ServerSocket(port)) {
      assertEquals(port, free.getLocalPort());
    }
    Running.Said again = Running.run("down", up.project().toString());
    assertEquals(0, again.code(), again::text);
    assertTrue(again.text().contains("nothing ran"), again::text);
  }

  private static HttpResponse<String> infer(String model) throws Exception {
    return up.post(model + "/v2/models/" + model + "/infer", request(model));
  }

  private static String request(String model) throws Exception {
    return Files.readString(EXAMPLE.resolve("requests/" + model + ".json"));
  }

  private static JsonNode output(String body, String name) {
    for (JsonNode output : Json.parse(body).path("outputs")) {
      if (output.path("name").asText().equals(name)) {
        return output.path("data");
      }
    }
    throw new AssertionError("no output " + name + " in " + body);
  }

  private static Path retrained() throws Exception {
    return Path.of(QuickstartTest.class.getResource("/iris-retrained.onnx").toURI());
  }

  /** As a training script would write it: whole at once. */
  private static void replace(Path model, Path with) throws Exception {
    Path part = Files.createTempFile(up.project(), ".model", ".part");
    Files.copy(with, part, StandardCopyOption.REPLACE_EXISTING);
    Files.move(part, model, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String awaitOther(String than) throws Exception {
    var other = new String[] {than};
    up.until(
        () -> {
          try {
            HttpResponse<String> answer = infer("iris");
            other[0] = output(answer.body(), "probabilities").toString();
          } catch (Exception e) {
            throw new AssertionError(e);
          }
          return !other[0].equals(than);
        },
        CHANGE,
        "the answers stay the same");
    return other[0];
  }

  private interface Ask {
    HttpResponse<String> ask() throws Exception;
  }

  private static int status(Ask ask) {
    try {
      return ask.ask().statusCode();
    } catch (Exception e) {
      return 0;
    }
  }
}
