package dev.salver.bench;

import dev.salver.edge.Bodies;
import dev.salver.edge.Edge;
import dev.salver.edge.EdgeOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;

/** The limit of the HTTP stack: reads each body and answers the same bytes, with no model. */
final class FixedReply {
  private static final Buffer ANSWER = Buffer.buffer("{\"outputs\":[]}");

  /** Listens on the port in {@code PORT} until it is killed. */
  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(System.getenv("PORT"));
    Edge.listen(
        Vertx.vertx(),
        EdgeOptions.loopback(port),
        request ->
            Bodies.read(request, 1 << 20)
                .onSuccess(
                    body ->
                        request
                            .response()
                            .putHeader("content-type", "application/json")
                            .end(ANSWER)));
  }
}
