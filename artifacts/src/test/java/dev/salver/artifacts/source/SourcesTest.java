package dev.salver.artifacts.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcesTest {
  private static final byte[] WEIGHTS = "some weights".getBytes(StandardCharsets.UTF_8);
  private static final ModelSource.Limits LIMITS =
      new ModelSource.Limits(1000, 5, Duration.ofSeconds(2), Duration.ofSeconds(20));

  private static final Surroundings AT_ONCE =
      new Surroundings(Map.of(), Path.of("."), Clock.systemUTC(), pause -> {});

  @TempDir Path temp;
  private HttpServer server;
  private String root;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    root = "http://127.0.0.1:" + server.getAddress().getPort();
    answer("/iris.onnx", 200, "");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private void answer(String path, int status, String location) {
    server.createContext(
        path,
        exchange -> {
          if (!location.isEmpty()) {
            exchange.getResponseHeaders().add("Location", location);
          }
          boolean head = exchange.getRequestMethod().equals("HEAD");
          if (head) {
            exchange.getResponseHeaders().add("Content-Length", "" + WEIGHTS.length);
          }
          exchange.sendResponseHeaders(status, head ? -1 : WEIGHTS.length);
          body(exchange, head);
        });
  }

  private static void body(HttpExchange exchange, boolean none) throws IOException {
    if (!none) {
      exchange.getResponseBody().write(WEIGHTS);
    }
    exchange.close();
  }

  private Path target() {
    return temp.resolve("target");
  }

  private Outcome<ModelSource.Fetched> fetch(String address) {
    return assertInstanceOf(Outcome.Ok.class, Sources.open(address, AT_ONCE)).value()
            instanceof ModelSource source
        ? source.fetch(target(), LIMITS)
        : null;
  }

  private ModelSource.Fetched fetched(String address) {
    return (ModelSource.Fetched) assertInstanceOf(Outcome.Ok.class, fetch(address)).value();
  }

  /** A fetch that fails and leaves nothing behind. */
  private <T extends Failure> T failure(Class<T> kind, String address) throws IOException {
    var outcome = fetch(address);
    Failure failure = assertInstanceOf(Outcome.Failed.class, outcome).failure();
    if (Files.exists(target())) {
      try (var left = Files.list(target())) {
        assertEquals(List.of(), left.toList());
      }
    }
    return assertInstanceOf(kind, failure);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Staging.sha256().digest(bytes));
  }

  @Test
  void aFileComesWithItsDigestFromDiskAndFromTheWeb() throws IOException {
    Path file = Files.write(temp.resolve("a.onnx"), WEIGHTS);
    for (String address : List.of(file.toString(), "file://" + file, root + "/iris.onnx")) {
      assertEquals(sha256(WEIGHTS), fetched(address).sha256());
      assertEquals(
          sha256(WEIGHTS),
          fetched(address + (address.startsWith("/") ? "" : "#sha256=" + sha256(WEIGHTS)))
              .sha256());
    }
    assertEquals("some weights", Files.readString(target().resolve("iris.onnx")));
    var source =
        (ModelSource)
            assertInstanceOf(Outcome.Ok.class, Sources.open(root + "/iris.onnx", AT_ONCE)).value();
    var listed = assertInstanceOf(Outcome.Ok.class, source.list());
    assertEquals(List.of(new ModelSource.Entry("iris.onnx", WEIGHTS.length)), listed.value());
  }

  @Test
  void aFolderComesWholeWithoutWhatIsHidden() throws IOException {
    Path folder = Files.createDirectories(temp.resolve("model/1"));
    Files.write(folder.resolve("model.onnx"), WEIGHTS);
    Files.writeString(folder.resolve(".hidden"), "x");
    var files = fetched("file://" + temp.resolve("model")).files();
    assertEquals(List.of(new ModelSource.Entry("1/model.onnx", WEIGHTS.length)), files);
    assertTrue(Files.exists(target().resolve("1/model.onnx")));
    assertFalse(Staging.interrupted(target()));
  }

  @Test
  void aWrongDigestKeepsNothing() throws IOException {
    String wrong = "0".repeat(64);
    var failure = failure(Failure.DigestMismatch.class, root + "/iris.onnx#sha256=" + wrong);
    assertEquals(sha256(WEIGHTS), failure.actual());
    Path file = Files.write(temp.resolve("a.onnx"), WEIGHTS);
    failure(Failure.DigestMismatch.class, "file://" + file + "#sha256=" + wrong);
  }

  @Test
  void whatIsNotThereIsMissing() throws IOException {
    assertEquals(
        "there is nothing at " + temp.resolve("none"),
        failure(Failure.Missing.class, "file://" + temp.resolve("none")).message());
    answer("/gone", 404, "");
    failure(Failure.Missing.class, root + "/gone");
    answer("/broken", 500, "");
    assertTrue(
        failure(Failure.NotReadable.class, root + "/broken")
            .message()
            .endsWith("the server answered with status 500"));
    failure(Failure.NotReadable.class, "http://127.0.0.1:1/x");
  }

  @Test
  void aBodyThatEndsEarlyKeepsNothing() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(
              () -> {
                try (var client = socket.accept();
                    OutputStream out = client.getOutputStream()) {
                  client.getInputStream().read(new byte[1024]);
                  out.write(
                      "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this"
                          .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  // The assertion below says what is missing.
                }
              });
      var failure =
          failure(Failure.CutShort.class, "http://127.0.0.1:" + socket.getLocalPort() + "/m.onnx");
      assertEquals(100, failure.expected());
      assertEquals(9, failure.received());
    }
  }

  @Test
  void aServerThatFallsSilentIsGivenUp() throws Exception {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var failure =
          failure(
              Failure.NotReadable.class, "http://127.0.0.1:" + socket.getLocalPort() + "/m.onnx");
      assertTrue(failure.message().endsWith("the server went silent"), failure::message);
    }
  }

  @Test
  void redirectsAreFollowedButNeverToAnotherKindOfAddress() throws IOException {
    answer("/moved", 302, "/iris.onnx");
    answer("/away", 302, "file:///etc/passwd");
    failure(Failure.NotReadable.class, root + "/away");
    answer("/round", 302, "/round");
    assertTrue(
        failure(Failure.NotReadable.class, root + "/round")
            .message()
            .contains("redirects more than 5 times"));
    assertEquals(sha256(WEIGHTS), fetched(root + "/moved").sha256());
  }

  @Test
  void moreThanAllowedIsNotKept() throws IOException {
    Path file = Files.write(temp.resolve("large"), new byte[1001]);
    failure(Failure.TooLarge.class, "file://" + file);
    Path folder = Files.createDirectory(temp.resolve("many"));
    for (int i = 0; i < 6; i++) {
      Files.writeString(folder.resolve("f" + i), "x");
    }
    failure(Failure.NotReadable.class, "file://" + folder);
  }

  @Test
  void anInterruptedFetchIsSeenAndCleanedByTheNext() throws IOException {
    Files.createDirectories(target().resolve(Staging.NAME));
    Files.writeString(target().resolve(Staging.NAME + "/half"), "x");
    assertTrue(Staging.interrupted(target()));
    fetched(root + "/iris.onnx");
    assertFalse(Staging.interrupted(target()));
  }

  private static String refused(String address) {
    return assertInstanceOf(Outcome.Failed.class, Sources.open(address, AT_ONCE))
        .failure()
        .message();
  }

  @Test
  void addressesThatAreNoneAreExplained() {
    assertEquals(
        "models can't be read from pvc: addresses; supported are file, http, https, s3, gs, az, hf,"
            + " oci",
        refused("pvc://claim/k"));
    assertTrue(refused("models/iris").contains("does not start with one of file:, http:, https:"));
    assertTrue(refused("file://host/x").contains("three slashes"));
    assertTrue(refused("http:///x").contains("names no host"));
    assertTrue(refused("https://user:secret@host/x").contains("not taken"));
    assertFalse(refused("https://user:secret@host/x").contains("secret"));
    assertTrue(refused("file:///x#sha256=12").contains("64 hexadecimal digits"));
    assertTrue(refused("http://a b").contains("is no address"));
  }
}
