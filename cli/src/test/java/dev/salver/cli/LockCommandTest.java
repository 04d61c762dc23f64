package dev.salver.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.salver.cli.terminal.Terminal;
import dev.salver.kube.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code salver lock} writes, keeps, and refuses. */
class LockCommandTest {
  @TempDir private Path folder = Path.of("");
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private HttpServer server;
  private String root = "";

  @BeforeEach
  void aServerWithModels() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.incrementAndGet();
          byte[] body = served.get(exchange.getRequestURI().getPath());
          boolean head = exchange.getRequestMethod().equals("HEAD");
          if (body == null) {
            exchange.sendResponseHeaders(404, -1);
          } else if (head) {
            exchange.getResponseHeaders().add("Content-Length", "" + body.length);
            exchange.sendResponseHeaders(200, -1);
          } else {
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
          exchange.close();
        });
    server.start();
    root = "http://127.0.0.1:" + server.getAddress().getPort();
    Path models = Path.of("../examples/quickstart/models");
    served.put("/iris.onnx", Files.readAllBytes(models.resolve("iris.onnx")));
    served.put("/digits.onnx", Files.readAllBytes(models.resolve("digits.onnx")));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private int salver(String... args) {
    out.reset();
    err.reset();
    var terminal =
        new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return Main.run(terminal, args);
  }

  private int lock(String... args) {
    var all = new java.util.ArrayList<>(List.of("lock", folder.toString()));
    all.addAll(List.of(args));
    return salver(all.toArray(String[]::new));
  }

  private void program(String... models) throws IOException {
    var text = new StringBuilder("project shop { }\n");
    for (String model : models) {
      text.append("model ").append(model.replaceAll("[^a-z]", "")).append(" from \"");
      text.append(root).append('/').append(model).append("\"\n");
    }
    Files.writeString(folder.resolve("project.serve"), text);
  }

  private String written() throws IOException {
    return Files.readString(folder.resolve("serve.lock"));
  }

  private List<String> pins() throws IOException {
    return written().lines().skip(3).toList();
  }

  private String told() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void aLockPinsEachSourceAndIsCurrentThen() throws IOException {
    program("iris.onnx", "digits.onnx");
    assertEquals(Exit.DONE, lock());
    assertEquals(2, pins().size());
    assertTrue(
        pins()
            .get(1)
            .endsWith(
                "bytes 745 format onnx : (input: f32[batch, 4]) -> (label: i64[batch],"
                    + " probabilities: f32[batch, 3])"),
        pins().get(1));
    assertEquals(Exit.DONE, lock("--check"), this::told);
    assertEquals(Exit.DONE, salver("check", folder.toString()));
    assertFalse(told().contains("SV7020"), this::told);
  }

  @Test
  void whatIsPinnedStaysUntilItIsAskedForAndIsNotFetchedAgain() throws IOException {
    program("iris.onnx");
    lock();
    String before = written();
    served.put("/iris.onnx", served.get("/digits.onnx"));
    requests.set(0);
    assertEquals(Exit.DONE, lock());
    assertEquals(before, written());
    assertEquals(0, requests.get());
    assertEquals(Exit.REFUSED, lock("--check"));
    assertTrue(told().contains("other bytes, 745 B to 39.4 KiB"), this::told);
    assertTrue(told().contains("signature (input: f32[batch, 4])"), this::told);
    assertEquals(before, written());
    assertEquals(Exit.DONE, lock("--update", "irisonnx"), this::told);
    assertTrue(written().contains("bytes 40330"));
    assertEquals(Exit.USAGE, lock("--update", "nobody"));
  }

  @Test
  void whatFailsIsToldAndTheRestIsWritten() throws IOException {
    program("iris.onnx", "gone.onnx");
    assertEquals(Exit.OUTSIDE, lock());
    assertTrue(told().contains("there is nothing at " + root + "/gone.onnx"), this::told);
    assertEquals(1, pins().size());
  }

  @Test
  void aModelThatLiesAboutItselfIsRefusedWithTheReason() throws IOException {
    byte[] broken = served.get("/iris.onnx").clone();
    broken[broken.length / 2] = -1;
    broken[broken.length / 2 + 1] = -1;
    served.put("/bad.onnx", java.util.Arrays.copyOf(broken, 400));
    program("bad.onnx");
    assertEquals(Exit.OUTSIDE, lock());
    assertTrue(told().contains("bad.onnx is no sound model: "), this::told);
    assertFalse(Files.exists(folder.resolve("serve.lock")));
  }

  @Test
  void aPinThatNothingUsesLeavesUnlessTheProgramIsBroken() throws IOException {
    program("iris.onnx", "digits.onnx");
    lock();
    program("iris.onnx");
    Files.writeString(folder.resolve("half.serve"), "model digits from {\n");
    lock();
    assertEquals(2, pins().size(), this::told);
    Files.delete(folder.resolve("half.serve"));
    assertEquals(Exit.REFUSED, lock("--check"));
    assertTrue(told().contains("unused"), this::told);
    assertEquals(Exit.DONE, lock());
    assertEquals(1, pins().size());
  }

  @Test
  void theFormatOfASourceWhoseNameDoesNotTellIsReadOffTheLock() throws IOException {
    served.put("/models/7", served.get("/iris.onnx"));
    program("models/7");
    assertEquals(Exit.REFUSED, salver("check", folder.toString()));
    assertEquals(Exit.DONE, lock(), this::told);
    assertEquals(Exit.DONE, salver("check", folder.toString()), this::told);
  }

  @Test
  void aConflictIsSettledByReadingWhatIsContested() throws IOException {
    program("iris.onnx", "digits.onnx");
    lock();
    String good = written();
    String iris = pins().get(1);
    String other = iris.replaceFirst("sha256:[0-9a-f]{8}", "sha256:00000000");
    Files.writeString(
        folder.resolve("serve.lock"),
        good.replace(iris, "<<<<<<< HEAD\n" + other + "\n=======\n" + iris + "\n>>>>>>> theirs"));
    assertEquals(Exit.REFUSED, salver("check", folder.toString()));
    assertTrue(told().contains("SV7021"), this::told);
    assertEquals(Exit.DONE, lock(), this::told);
    assertEquals(good, written());
  }

  @Test
  void aLineThatCannotBeReadIsNotThrownAway() throws IOException {
    program("iris.onnx");
    lock();
    String broken = written().replace("bytes 745", "bytes");
    Files.writeString(folder.resolve("serve.lock"), broken);
    assertEquals(Exit.REFUSED, lock());
    assertTrue(told().contains("SV7022"), this::told);
    assertEquals(broken, written());
  }

  @Test
  void scriptsGetOneObject() throws IOException {
    program("iris.onnx", "gone.onnx");
    assertEquals(Exit.OUTSIDE, lock("--format", "json"));
    var report = Json.parse(out.toString(StandardCharsets.UTF_8));
    assertEquals("failed", report.path("artifacts").path(0).path("status").asText());
    assertEquals("added", report.path("artifacts").path(1).path("status").asText());
    assertEquals(745, report.path("artifacts").path(1).path("bytes").asLong());
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }
}
