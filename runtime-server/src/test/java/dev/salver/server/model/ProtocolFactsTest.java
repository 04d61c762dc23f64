package dev.salver.server.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What peers answered (recorded from KServe's scikit-learn server 0.21 and MLServer 1.7.1): good
 * answers are met in form, and where ours differs, the exchange says why.
 */
final class ProtocolFactsTest {
  private static RunningServer server;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.ready("iris", RunningServer.MODELS.resolve("iris-label.onnx"));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> aClientOfAPeerGetsWhatItKnows() throws Exception {
    JsonNode facts = Json.parse(Files.readString(Path.of("src/test/protocol/exchanges.json")));
    return StreamSupport.stream(facts.path("exchanges").spliterator(), false)
        .map(
            exchange ->
                DynamicTest.dynamicTest(exchange.path("name").asText(), () -> check(exchange)));
  }

  private static void check(JsonNode exchange) throws Exception {
    Map<String, String> headers = new HashMap<>();
    exchange
        .path("headers")
        .properties()
        .forEach(h -> headers.put(h.getKey(), h.getValue().asText()));
    var answer =
        server.send(
            exchange.path("method").asText(),
            exchange.path("path").asText(),
            exchange.path("body").asText(""),
            headers);
    assertEquals(exchange.path("status").asInt(), answer.statusCode(), answer::body);
    if (answer.statusCode() >= 400) {
      RunningServer.error(answer);
    }
    if (exchange.has("has")) {
      JsonNode body = Json.parse(answer.body());
      exchange
          .path("has")
          .properties()
          .forEach(has -> assertEquals(has.getValue(), body.path(has.getKey()), answer::body));
    }
  }
}
