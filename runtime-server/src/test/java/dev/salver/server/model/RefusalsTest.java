package dev.salver.server.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.Json;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Wrong and hostile requests get a clear message, and the server goes on. */
final class RefusalsTest {
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.of("two-inputs", "--max_body_bytes=100000");
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  private static final String RIGHT =
      "{\"name\":\"right\",\"shape\":[1,3],\"datatype\":\"FP32\",\"data\":[1,2,3]}";

  private static String left(String shape, String datatype, String data) throws Exception {
    return server.refused(
        "{\"inputs\":[%s,{\"name\":\"left\",\"shape\":%s,\"datatype\":\"%s\",\"data\":%s}]}"
            .formatted(RIGHT, shape, datatype, data));
  }

  @Test
  void whatIsWrongWithATensorIsSaidWithItsName() throws Exception {
    assertEquals(
        "input \"left\": datatype BYTES where FP32 is expected",
        left("[1,2]", "BYTES", "[\"a\",\"b\"]"));
    assertEquals(
        "input \"left\": datatype BOOL where FP32 is expected",
        left("[1,2]", "BOOL", "[true,false]"));
    assertEquals(
        "input \"left\": there is no datatype \"FLOAT\"; the model's is FP32",
        left("[1,2]", "FLOAT", "[1,2]"));
    assertEquals(
        "input \"left\": shape [1, 3] does not fit the model's [batch, 2]: dimension 1 is 3, expected 2",
        left("[1,3]", "FP32", "[1,2,3]"));
    assertEquals(
        "input \"left\": shape [2] does not fit the model's [batch, 2]: it has 1 dimensions, 2 are expected",
        left("[2]", "FP32", "[1,2]"));
    assertEquals(
        "input \"left\": data has 1 values, shape [1, 2] needs 2", left("[1,2]", "FP32", "[1]"));
    assertEquals(
        "input \"left\": data has more than 2 values, shape [1, 2] needs 2",
        left("[1,2]", "FP32", "[1,2,3]"));
    assertEquals(
        "input \"left\": data[0] has more than 2 values where 2 were expected; the model's shape is [batch, 2]",
        left("[1,2]", "FP32", "[[1,2,3]]"));
    assertEquals(
        "input \"left\": data is a number, a list was expected", left("[1,2]", "FP32", "5"));
    assertEquals(
        "input \"left\": dimension 0 of its shape: -1 is not from 0 to 2147483647",
        left("[-1,2]", "FP32", "[1,2]"));
    assertEquals(
        "input \"right\": dimension 0 (batch) is 1 where input \"left\" has 2",
        left("[2,2]", "FP32", "[1,2,3,4]"));
    assertTrue(
        left("[2000000000,2]", "FP32", "[1,2]").endsWith("needs more values than the body has"));
  }

  @Test
  void missingAndUnknownTensorsAreNamed() throws Exception {
    String takes = "the model takes \"left\" FP32 [batch, 2], \"right\" FP32 [batch, 3]";
    assertEquals(
        "input \"left\" is missing; " + takes, server.refused("{\"inputs\":[" + RIGHT + "]}"));
    assertEquals("the request has no \"inputs\"; " + takes, server.refused("{}"));
    assertEquals(
        "input \"right\" is given twice",
        server.refused("{\"inputs\":[" + RIGHT + "," + RIGHT + "]}"));
    assertEquals(
        "input \"middle\" is unknown; " + takes,
        server.refused("{\"inputs\":[" + RIGHT.replace("right", "middle") + "]}"));
    assertEquals(
        "output \"zzz\" is unknown; the model gives \"joined\" FP32 [batch, 5], \"sum\" FP32 [batch]",
        server.refused("{\"inputs\":[],\"outputs\":[{\"name\":\"zzz\"}]}"));
  }

  @Test
  void membersMayComeInAnyOrder() throws Exception {
    String body =
        "{\"inputs\":[{\"data\":[1,2,3],\"datatype\":\"FP32\",\"shape\":[1,3],\"name\":\"right\"},"
            + "{\"datatype\":\"FP32\",\"data\":[[4,5]],\"name\":\"left\",\"shape\":[1,2]}],\"id\":\"x\",\"outputs\":[{\"name\":\"sum\"}]}";
    var answer = server.inferred(body);
    assertEquals(Json.parse("[15.0]"), answer.path("outputs").path(0).path("data"));
    assertEquals("x", answer.path("id").asText());
  }

  @Test
  void malformedJsonIsPointedAt() throws Exception {
    assertEquals(
        "malformed JSON: it ends where the list of inputs should be at byte 10",
        server.refused("{\"inputs\":"));
    assertEquals(
        "malformed JSON: something follows the document at byte 3", server.refused("{} x"));
    assertTrue(server.refused("not json").startsWith("malformed JSON: \"n\" where an object"));
    assertEquals("the body is empty; a JSON object was expected", server.refused(""));
  }

  @Test
  void hostileBodiesAreRefusedAndTheServerGoesOn() throws Exception {
    assertTrue(server.refused("{\"x\":" + "[".repeat(50_000)).contains("nests deeper than 64"));
    assertTrue(left("[1,2]", "FP32", "[" + "9".repeat(5000) + ",1]").contains("longer than 4096"));
    assertTrue(
        left("[1,2]", "FP32", "[".repeat(40_000))
            .startsWith("input \"left\": element 0 is wrong: it is a list"));
    assertTrue(
        left("[" + "1,".repeat(100) + "1]", "FP32", "[1]").contains("more than 32 dimensions"));
    String whole =
        "{\"inputs\":["
            + RIGHT
            + ",{\"name\":\"left\",\"shape\":[1,2],\"datatype\":\"FP32\",\"data\":[1,2]}]}";
    for (int cut = 1; cut < whole.length(); cut++) {
      assertTrue(
          server.refused(whole.substring(0, cut)).startsWith("malformed JSON"),
          whole.substring(0, cut));
    }
    var random = new Random(8);
    for (int i = 0; i < 2000; i++) {
      byte[] bent = whole.getBytes(StandardCharsets.UTF_8);
      bent[random.nextInt(bent.length)] = (byte) random.nextInt(128);
      var answer = server.infer(new String(bent, StandardCharsets.US_ASCII));
      assertTrue(answer.statusCode() == 200 || answer.statusCode() == 400, answer::body);
    }
    assertEquals(200, server.infer(whole).statusCode());
  }

  @Test
  void aBodyOverTheLimitIsRefusedBeforeItIsRead() throws Exception {
    var answer = server.infer("{\"x\":\"" + "a".repeat(100_000) + "\"}");
    assertEquals(413, answer.statusCode());
    assertEquals("the body is larger than the 100000 bytes allowed", RunningServer.error(answer));
  }

  @Test
  void aHundredMegabytesOfNonsenseAreNotKept() throws Exception {
    long[] sent = {0};
    var endless =
        new InputStream() {
          @Override
          public int read() {
            return sent[0]++ < 100_000_000 ? '[' : -1;
          }

          @Override
          public int read(byte[] into, int from, int length) {
            int n = (int) Math.min(length, 100_000_000 - sent[0]);
            java.util.Arrays.fill(into, from, from + Math.max(n, 0), (byte) '[');
            sent[0] += n;
            return n <= 0 ? -1 : n;
          }
        };
    HttpResponse<String> answer =
        server
            .client()
            .send(
                server
                    .request("/v2/models/two-inputs/infer", Map.of())
                    .POST(HttpRequest.BodyPublishers.ofInputStream(() -> endless))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertEquals(413, answer.statusCode());
    assertEquals(200, server.get("/v2/health/ready").statusCode());
  }

  @Test
  void aDeclaredLengthOverTheLimitIsRefusedAtOnce() throws Exception {
    try (var socket = new Socket(java.net.InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(20_000);
      socket
          .getOutputStream()
          .write(
              "POST /v2/models/two-inputs/infer HTTP/1.1\r\nhost: x\r\ncontent-length: 9000000000\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      byte[] start = socket.getInputStream().readNBytes(12);
      assertEquals("HTTP/1.1 413", new String(start, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void pathsAndMethodsThatAreNotAreSaidSo() throws Exception {
    assertEquals(404, server.get("/nope").statusCode());
    assertEquals(404, server.get("/v2/models/other").statusCode());
    assertEquals(
        "Model with name other does not exist.",
        RunningServer.error(server.post("/v2/models/other/infer", "{}")));
    assertEquals(404, server.post("/v2/models/two-inputs/versions/9/infer", "{}").statusCode());
    assertEquals(501, server.post("/v1/models/two-inputs:explain", "{}").statusCode());
    var get = server.get("/v2/models/two-inputs/infer");
    assertEquals(405, get.statusCode());
    assertEquals("POST", get.headers().firstValue("allow").orElse(""));
    assertEquals(405, server.send("DELETE", "/v2/models", "", Map.of()).statusCode());
  }

  @Test
  void metricsCountWhatHappened() throws Exception {
    server.infer("{");
    String text = server.get("/metrics").body();
    assertTrue(
        text.contains("request_predict_seconds_bucket{model_name=\"two-inputs\",le=\"+Inf\"}"),
        text);
    assertTrue(
        text.contains(
            "salver_requests_total{model_name=\"two-inputs\",protocol=\"v2\",code=\"400\"}"),
        text);
    assertTrue(text.contains("salver_model_ready{model_name=\"two-inputs\"} 1\n"), text);
    assertFalse(text.contains("NaN"), text);
  }
}
