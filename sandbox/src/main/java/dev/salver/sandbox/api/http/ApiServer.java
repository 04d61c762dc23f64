package dev.salver.sandbox.api.http;

import dev.salver.edge.Bodies;
import dev.salver.edge.Edge;
import dev.salver.edge.EdgeOptions;
import dev.salver.sandbox.api.ApiException;
import dev.salver.sandbox.api.LogSource;
import dev.salver.sandbox.api.SandboxApi;
import dev.salver.sandbox.api.tls.Credentials;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sandbox's API on HTTPS, on loopback, for whoever has the token. */
public final class ApiServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ApiServer.class);
  private static final int MAX_BODY = 3 << 20;
  private static final int MAX_HEADER = 32 << 10;
  private static final int MAX_CALLS = 512;
  private static final Duration IDLE = Duration.ofMinutes(5);
  private static final Duration BODY = Duration.ofSeconds(30);

  private final Vertx vertx;
  private final Gate gate;
  private final Router router;
  private final Credentials credentials;
  private final Semaphore calls = new Semaphore(MAX_CALLS);
  private final Edge edge;

  private ApiServer(Vertx vertx, SandboxApi api, LogSource logs, Credentials credentials, int port)
      throws IOException {
    this.vertx = vertx;
    this.credentials = credentials;
    gate = new Gate(credentials);
    router = new Router(api, logs);
    var limits = new EdgeOptions.Limits(MAX_BODY, MAX_HEADER, IDLE);
    edge =
        Edge.listen(
            vertx,
            new EdgeOptions("127.0.0.1", port, limits, Optional.of(credentials.tls())),
            this::take);
  }

  /**
   * Listens.
   *
   * @param port 0 for any free one
   * @throws IOException where the port can't be had
   */
  public static ApiServer listen(
      Vertx vertx, SandboxApi api, LogSource logs, Credentials credentials, int port)
      throws IOException {
    return new ApiServer(vertx, api, logs, credentials, port);
  }

  /** {@code https://127.0.0.1:PORT}. */
  public String url() {
    return "https://127.0.0.1:" + edge.port();
  }

  /** Writes what kubectl and clients need, readable by the owner alone. */
  public void writeKubeconfig(Path file) throws IOException {
    credentials.writeKubeconfig(file, url());
  }

  @Override
  public void close() {
    edge.close();
  }

  private void take(HttpServerRequest request) {
    Optional<ApiException> refusal = gate.refusal(request);
    if (refusal.isPresent()) {
      Answer.send(request, Reply.failure(refusal.get()));
      return;
    }
    if (!calls.tryAcquire()) {
      request.response().putHeader("retry-after", "1");
      Answer.send(
          request,
          Reply.failure(
              new ApiException(
                  429, "TooManyRequests", "more than " + MAX_CALLS + " calls are under way")));
      return;
    }
    long tooLate = vertx.setTimer(BODY.toMillis(), timer -> request.connection().close());
    Bodies.read(request, MAX_BODY)
        .onComplete(
            read -> {
              vertx.cancelTimer(tooLate);
              if (read.succeeded()) {
                Thread.ofVirtual().name("api").start(() -> serve(request, read.result()));
              } else {
                calls.release();
                if (read.cause() instanceof Bodies.TooLarge) {
                  Answer.send(
                      request,
                      Reply.failure(
                          new ApiException(
                              413, "RequestEntityTooLarge", "the body is larger than 3 MiB")));
                }
              }
            });
  }

  private void serve(HttpServerRequest request, Buffer body) {
    try {
      Answer.send(request, reply(request, body));
    } finally {
      calls.release();
    }
  }

  private Reply reply(HttpServerRequest request, Buffer body) {
    try {
      return router.answer(
          new Call(
              request.method().name(), request.path(), request.params(), request.headers(), body));
    } catch (ApiException e) {
      return Reply.failure(e);
    } catch (RuntimeException | IOException e) {
      LOG.error("{} {} failed", request.method(), request.path(), e);
      return Reply.failure(new ApiException(500, "InternalError", "Internal error: " + e));
    }
  }
}
