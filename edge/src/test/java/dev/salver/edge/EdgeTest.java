package dev.salver.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EdgeTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  @Test
  void aBodyOverTheLimitIsRefusedAndOneUnderItIsRead() throws Exception {
    try (Edge edge =
            Edge.listen(
                vertx,
                EdgeOptions.loopback(0),
                request ->
                    Bodies.read(request, 10)
                        .onSuccess(body -> request.response().end("read " + body.length()))
                        .onFailure(
                            e -> request.response().setStatusCode(413).end(e.getMessage())));
        HttpClient client = HttpClient.newHttpClient()) {
      assertEquals("read 10", post(client, edge, "0123456789").body());
      HttpResponse<String> refused = post(client, edge, "0123456789x");
      assertEquals(413, refused.statusCode());
      assertEquals("the body is larger than 10 bytes", refused.body());
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (Edge first = Edge.listen(vertx, EdgeOptions.loopback(0), request -> {})) {
      var taken = EdgeOptions.loopback(first.port());
      var failure =
          assertThrows(IOException.class, () -> Edge.listen(Vertx.vertx(), taken, request -> {}));
      assertTrue(failure.getMessage().contains("127.0.0.1:" + first.port()), failure::getMessage);
    }
  }

  private static HttpResponse<String> post(HttpClient client, Edge edge, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + edge.port() + "/"))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
