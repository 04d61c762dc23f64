package dev.salver.edge;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening port: HTTP/1.1 and HTTP/2, bounded headers, graceful end. */
public final class Edge implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Edge.class);
  private static final Duration BIND = Duration.ofSeconds(10);
  private static final Duration CLOSE = Duration.ofSeconds(5);

  private final HttpServer server;

  private Edge(HttpServer server) {
    this.server = server;
  }

  /**
   * Listens and hands each request to the handler on an event loop, where it must not block.
   *
   * @throws IOException where the port can't be had; the message names host and port
   */
  public static Edge listen(Vertx vertx, EdgeOptions options, Handler<HttpServerRequest> handler)
      throws IOException {
    HttpServer server =
        vertx
            .createHttpServer(server(options))
            .connectionHandler(
                connection ->
                    connection.exceptionHandler(
                        e -> LOG.debug("a client's connection broke: {}", e.getMessage())))
            .requestHandler(handler);
    try {
      await(server.listen(), BIND);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException(
          "can't listen on " + options.host() + ":" + options.port() + ": " + cause.getMessage(),
          cause);
    }
    return new Edge(server);
  }

  /** The port in use. */
  public int port() {
    return server.actualPort();
  }

  /** Takes no new connection, lets requests under way end, and gives up on them after a while. */
  public void drain(Duration patience) {
    stop(patience);
  }

  /** Ends at once. */
  @Override
  public void close() {
    stop(Duration.ZERO);
  }

  private void stop(Duration patience) {
    try {
      await(server.shutdown(patience.toMillis(), TimeUnit.MILLISECONDS), patience.plus(CLOSE));
    } catch (ExecutionException | TimeoutException e) {
      // The sockets are gone with the process; nobody can act on this.
    }
  }

  private static HttpServerOptions server(EdgeOptions options) {
    var result =
        new HttpServerOptions()
            .setHost(options.host())
            .setPort(options.port())
            .setTcpNoDelay(true)
            .setReuseAddress(true)
            .setMaxHeaderSize(options.limits().header())
            .setMaxInitialLineLength(options.limits().header())
            .setIdleTimeout((int) options.limits().idle().toSeconds());
    options
        .tls()
        .ifPresent(
            tls ->
                result
                    .setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(
                        new PemKeyCertOptions()
                            .addCertValue(Buffer.buffer(tls.certificatePem()))
                            .addKeyValue(Buffer.buffer(tls.keyPem()))));
    return result;
  }

  private static <T> void await(Future<T> future, Duration patience)
      throws ExecutionException, TimeoutException {
    try {
      future
          .toCompletionStage()
          .toCompletableFuture()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
