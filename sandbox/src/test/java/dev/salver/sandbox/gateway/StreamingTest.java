package dev.salver.sandbox.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.salver.kube.run.SystemScheduler;
import dev.salver.sandbox.api.SandboxApi;
import dev.salver.sandbox.node.Pods;
import dev.salver.sandbox.node.Until;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams, HTTP/2 and gRPC through the gateway, and responses that break off. */
final class StreamingTest {
  private final SystemScheduler scheduler = new SystemScheduler();
  private final SandboxApi api = Pods.api(scheduler);
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<HttpServerRequest> asked = new LinkedBlockingQueue<>();
  private final AtomicInteger served = new AtomicInteger();
  private final HttpClient http2 =
      vertx.createHttpClient(
          new HttpClientOptions()
              .setProtocolVersion(HttpVersion.HTTP_2)
              .setHttp2ClearTextUpgrade(false));
  private Gateway gateway;
  private HttpServer upstream;

  @BeforeEach
  void listen() throws Exception {
    gateway = Gateway.listen(vertx, api, GatewayOptions.of(0));
    upstream = vertx.createHttpServer().requestHandler(this::serve).listen(0).await();
    Pods.put(api, Fixtures.revision("iris-00001", "timeoutSeconds: 20"));
    Pods.put(api, Fixtures.route("iris", "[{revisionName: iris-00001, percent: 100}]"));
    Pods.put(api, Fixtures.pod("one", Fixtures.revisionLabel("iris-00001"), upstream.actualPort()));
    Until.holds("the route", () -> gateway.routes("demo", "iris"));
  }

  @AfterEach
  void close() {
    gateway.close();
    vertx.close().await();
    scheduler.close();
  }

  private void serve(HttpServerRequest request) {
    served.incrementAndGet();
    if (request.path().equals("/grpc")) {
      request
          .body()
          .onSuccess(
              body -> {
                request.response().putHeader("content-type", "application/grpc");
                request.response().write(body);
                request.response().putTrailer("grpc-status", "0");
                request.response().end();
              });
      return;
    }
    asked.add(request);
  }

  @Test
  void partsOfAResponseArriveAsTheyAreSent() throws Exception {
    HttpClientResponse answer = open("/events", new LinkedBlockingQueue<>());
    BlockingQueue<String> parts = new LinkedBlockingQueue<>();
    answer.handler(part -> parts.add(part.toString()));
    answer.resume();
    HttpServerRequest request = take();
    request.response().write("data: 2\n\n");
    assertEquals("data: 1\n\n", parts.poll(10, TimeUnit.SECONDS));
    assertEquals("data: 2\n\n", parts.poll(10, TimeUnit.SECONDS));
    request.response().end("data: 3\n\n");
    assertEquals("data: 3\n\n", parts.poll(10, TimeUnit.SECONDS));
  }

  @Test
  void aResponseThatBreaksOffIsCutOffAndNeverSentAgain() throws Exception {
    HttpClientResponse answer = open("/events", new LinkedBlockingQueue<>());
    var broken = new CompletableFuture<Throwable>();
    answer.exceptionHandler(broken::complete);
    answer.resume();
    take().connection().close();
    assertTrue(broken.get(10, TimeUnit.SECONDS).getMessage() != null);
    assertEquals(1, served.get());
  }

  @Test
  void aClientThatLeavesEndsTheRequestBehind() throws Exception {
    BlockingQueue<HttpClientRequest> sent = new LinkedBlockingQueue<>();
    open("/events", sent);
    HttpServerRequest request = take();
    var left = new CompletableFuture<Void>();
    request.connection().closeHandler(ignored -> left.complete(null));
    sent.remove().reset();
    left.get(10, TimeUnit.SECONDS);
  }

  @Test
  void grpcGoesThroughWithItsTrailers() throws Exception {
    Buffer message = Buffer.buffer(new byte[] {0, 0, 0, 0, 2, 8, 1});
    var trailers = new CompletableFuture<String>();
    HttpClientRequest request =
        http2
            .request(
                new RequestOptions()
                    .setMethod(HttpMethod.POST)
                    .setHost("127.0.0.1")
                    .setPort(gateway.port())
                    .setURI("/serving/demo/iris/grpc")
                    .putHeader("content-type", "application/grpc")
                    .putHeader("te", "trailers"))
            .await();
    request
        .response()
        .onSuccess(r -> r.endHandler(v -> trailers.complete(r.getTrailer("grpc-status"))));
    request.end(message);
    assertEquals("0", trailers.get(10, TimeUnit.SECONDS));
  }

  @Test
  void whoSpeaksGrpcIsToldOfErrorsInGrpc() throws Exception {
    var status = new CompletableFuture<String>();
    http2
        .request(
            new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost("127.0.0.1")
                .setPort(gateway.port())
                .setURI("/serving/demo/rose/grpc")
                .putHeader("content-type", "application/grpc"))
        .compose(HttpClientRequest::send)
        .onSuccess(response -> status.complete(response.getHeader("grpc-status")));
    assertEquals("12", status.get(10, TimeUnit.SECONDS));
  }

  /** Asks, and waits until the first part of the answer is on its way. */
  private HttpClientResponse open(String path, BlockingQueue<HttpClientRequest> sent)
      throws Exception {
    var first = new CompletableFuture<HttpClientResponse>();
    HttpClient client = vertx.createHttpClient();
    client
        .request(HttpMethod.GET, gateway.port(), "127.0.0.1", "/serving/demo/iris" + path)
        .compose(
            request -> {
              sent.add(request);
              return request.send();
            })
        .onSuccess(
            response -> {
              response.pause();
              first.complete(response);
            });
    HttpServerRequest request = take();
    request.response().setChunked(true).write("data: 1\n\n");
    asked.add(request);
    return first.get(10, TimeUnit.SECONDS);
  }

  private HttpServerRequest take() throws InterruptedException, IOException {
    HttpServerRequest request = asked.poll(10, TimeUnit.SECONDS);
    if (request == null) {
      throw new IOException("no request arrived");
    }
    return request;
  }
}
