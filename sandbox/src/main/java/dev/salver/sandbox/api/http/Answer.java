package dev.salver.sandbox.api.http;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes replies to the connection; one that takes no bytes for a while is cut. */
final class Answer {
  private static final Duration STUCK = Duration.ofSeconds(30);

  private Answer() {}

  static void send(HttpServerRequest request, Reply reply) {
    HttpServerResponse response = request.response();
    if (response.closed()) {
      return;
    }
    switch (reply) {
      case Reply.Whole(int code, String contentType, Buffer body) -> {
        response.setStatusCode(code).putHeader("content-type", contentType);
        response.putHeader("cache-control", "no-cache, private");
        response.end(body);
      }
      case Reply.Streamed(String contentType, Reply.Stream stream) ->
          stream(response, contentType, stream);
    }
  }

  private static void stream(HttpServerResponse response, String contentType, Reply.Stream stream) {
    response.setStatusCode(200).putHeader("content-type", contentType).setChunked(true);
    response.putHeader("cache-control", "no-cache, private");
    var sink = new Connection(response);
    try {
      await(response.writeHead());
      stream.writeTo(sink);
      if (!sink.isGone()) {
        response.end();
      }
    } catch (IOException e) {
      response.reset();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      response.reset();
    } finally {
      sink.gone();
    }
  }

  private static void await(Future<Void> write) throws IOException, InterruptedException {
    try {
      write.toCompletionStage().toCompletableFuture().get(STUCK.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new InterruptedIOException("the client takes no bytes");
    }
  }

  private static final class Connection implements Reply.Sink {
    private final HttpServerResponse response;
    private final AtomicBoolean gone = new AtomicBoolean();
    private final List<Runnable> tasks = new CopyOnWriteArrayList<>();

    Connection(HttpServerResponse response) {
      this.response = response;
      response.closeHandler(closed -> gone());
      response.exceptionHandler(failure -> gone());
    }

    void gone() {
      if (gone.compareAndSet(false, true)) {
        tasks.forEach(Runnable::run);
      }
    }

    @Override
    public void write(byte[] bytes) throws IOException, InterruptedException {
      if (gone.get()) {
        throw new IOException("the client is gone");
      }
      await(response.write(Buffer.buffer(bytes)));
    }

    @Override
    public boolean isGone() {
      return gone.get() || response.closed();
    }

    @Override
    public void whenGone(Runnable task) {
      tasks.add(task);
      if (gone.get()) {
        task.run();
      }
    }
  }
}
