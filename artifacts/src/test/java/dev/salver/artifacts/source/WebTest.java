package dev.salver.artifacts.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that stumble, and servers that would like to be trusted. */
class WebTest {
  @TempDir private Path temp = Path.of("");

  private Asking asking(String... variables) {
    var all = new java.util.TreeMap<String, String>();
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    return new Asking(all, temp);
  }

  @Test
  void aServerThatIsBusyIsAskedAgainAsLateAsItWishesAndThatIsTold() {
    var count = new AtomicInteger();
    try (var server =
        new Server(
            exchange -> {
              if (count.incrementAndGet() < 3) {
                exchange.getResponseHeaders().add("Retry-After", "7");
                Server.send(exchange, 503, "");
              } else {
                Server.send(exchange, 200, "weights");
              }
            })) {
      var asking = asking();
      assertEquals(7, asking.digest(server.root() + "/m.onnx").bytes());
      assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(7)), asking.pauses);
      assertEquals(
          server.root() + "/m.onnx: the server answered with status 503",
          asking.retries.getFirst());
    }
  }

  @Test
  void aServerThatStaysBrokenIsGivenUp() {
    try (var server = new Server(exchange -> Server.send(exchange, 500, ""))) {
      var asking = asking();
      assertTrue(asking.refusal(server.root() + "/m").endsWith("answered with status 500"));
      assertEquals(3, asking.pauses.size());
    }
  }

  @Test
  void aBodyThatBreaksIsTakenUpWhereItBroke() {
    String body = "0123456789".repeat(20_000);
    var count = new AtomicInteger();
    try (var server =
        new Server(
            exchange -> {
              boolean whole = exchange.getRequestHeaders().getFirst("Range") != null;
              if (whole || exchange.getRequestMethod().equals("HEAD")) {
                Server.object(exchange, Asking.bytes(body), "\"v1\"");
                return;
              }
              count.incrementAndGet();
              exchange.getResponseHeaders().add("ETag", "\"v1\"");
              exchange.sendResponseHeaders(200, body.length());
              exchange.getResponseBody().write(Asking.bytes(body), 0, 100_000);
              exchange.getResponseBody().flush();
              throw new IOException("the plug is pulled");
            })) {
      var asking = asking();
      var fetched = asking.digest(server.root() + "/m.onnx");
      assertEquals(Asking.sha256(body), fetched.sha256());
      assertEquals(1, count.get());
      assertTrue(asking.retries.getFirst().contains("cut off after"), asking.retries::toString);
    }
  }

  @Test
  void credentialsNeverFollowARedirectToAnotherServer() {
    var leaked = new ArrayList<String>();
    try (var other =
            new Server(
                exchange -> {
                  leaked.add(String.valueOf(exchange.getRequestHeaders().get("Authorization")));
                  Server.send(exchange, 200, "weights");
                });
        var hub =
            new Server(
                exchange -> {
                  String path = exchange.getRequestURI().getPath();
                  if (path.startsWith("/api/models/acme/chat/revision")) {
                    Server.send(exchange, 200, "{\"sha\": \"" + "a".repeat(40) + "\"}");
                  } else if (path.startsWith("/api")) {
                    Server.send(
                        exchange, 200, "[{\"type\": \"file\", \"path\": \"w\", \"size\": 7}]");
                  } else {
                    exchange.getResponseHeaders().add("Location", other.root() + "/w");
                    Server.send(exchange, 302, "");
                  }
                })) {
      var asking = asking("HF_ENDPOINT", hub.root(), "HF_TOKEN", "hf_secret");
      assertEquals(7, asking.digest("hf://acme/chat").bytes());
      assertEquals(List.of("null"), leaked);
    }
  }

  @Test
  void whatMayBeASecretIsInNoMessage() {
    String signed = "http://127.0.0.1:1/m.onnx?X-Amz-Signature=abcdef&X-Amz-Credential=me";
    String told = asking().refusal(signed);
    assertTrue(told.contains("http://127.0.0.1:1/m.onnx?…"), told);
    assertFalse(told.contains("abcdef"), told);
    for (String address :
        List.of(
            "https://me:s3cr3t@h/x",
            "s3://me:s3cr3t@b/x",
            "https://me:s3cr3t@h/ x",
            "hf://a:b@c")) {
      String refused = asking().refusal(address);
      assertFalse(refused.contains("s3cr3t"), refused);
    }
  }

  @Test
  void anEncodedBodyIsRefusedForItsDigestWouldBeAnother() {
    try (var server =
        new Server(
            exchange -> {
              exchange.getResponseHeaders().add("Content-Encoding", "gzip");
              Server.send(exchange, 200, "weights");
            })) {
      assertTrue(asking().refusal(server.root() + "/m").contains("sent with encoding gzip"));
    }
  }

  @Test
  void placesThatOnlyAClusterReadsAreNamedAsThat() {
    for (String address : List.of("pvc://claim/m", "hdfs://host/m", "ftp://host/m")) {
      assertTrue(asking().refusal(address).startsWith("models can't be read from "), address);
    }
  }
}
