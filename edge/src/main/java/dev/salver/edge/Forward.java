package dev.salver.edge;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try to have a request answered by a server behind: streams both ways with backpressure. Used
 * on the request's event loop only.
 */
public final class Forward {
  /** How the try ended. */
  public sealed interface Outcome {
    /** The whole response went out. */
    record Answered(int status) implements Outcome {}

    /** The server was not reached; nothing was sent. */
    record Unreached(Throwable cause) implements Outcome {}

    /** The server went away before the first byte of a response. */
    record Unanswered(Throwable cause) implements Outcome {}

    /** The response began and broke off; the client has been cut off too. */
    record Broken(Throwable cause) implements Outcome {}

    /**
     * The time was over.
     *
     * @param begun whether part of a response went out before; the client has been cut off then
     */
    record TimedOut(boolean begun) implements Outcome {}

    /** The client went away, or whoever forwards gave up. */
    record Abandoned() implements Outcome {}
  }

  private final Vertx vertx;
  private final ReplayableBody body;
  private final HttpServerResponse response;
  private final Handler<MultiMap> responseHeaders;
  private final Promise<Outcome> outcome = Promise.promise();
  private @Nullable HttpClientRequest sent;
  private boolean begun;
  private boolean over;
  private long timer = -1;

  /**
   * A try that has not begun.
   *
   * @param responseHeaders may change the response's headers before they go out
   */
  public Forward(
      Vertx vertx,
      ReplayableBody body,
      HttpServerResponse response,
      Handler<MultiMap> responseHeaders) {
    this.vertx = vertx;
    this.body = body;
    this.response = response;
    this.responseHeaders = responseHeaders;
  }

  /**
   * Sends the request.
   *
   * @param to server, method, URI and headers
   * @param authority for the Host header
   * @param patience until the response is complete
   */
  public Future<Outcome> send(
      HttpClient client, RequestOptions to, @Nullable HostAndPort authority, Duration patience) {
    timer = vertx.setTimer(Math.max(1, patience.toMillis()), ignored -> timeUp());
    client
        .request(to)
        .onComplete(
            connected -> {
              if (connected.failed()) {
                finish(new Outcome.Unreached(connected.cause()));
              } else if (over) {
                connected.result().reset();
              } else {
                exchange(connected.result(), authority);
              }
            });
    return outcome.future();
  }

  /** Gives up: the server behind is told, the client gets nothing more from here. */
  public void abandon() {
    HttpClientRequest request = sent;
    if (finish(new Outcome.Abandoned()) && request != null) {
      request.reset();
    }
  }

  private void exchange(HttpClientRequest request, @Nullable HostAndPort authority) {
    sent = request;
    if (authority != null) {
      request.authority(authority);
    }
    request.exceptionHandler(this::broken);
    request
        .response()
        .onComplete(
            answered -> {
              if (over) {
                request.reset();
              } else if (answered.failed()) {
                broken(answered.cause());
              } else {
                answer(answered.result());
              }
            });
    body.sendTo(request);
  }

  private void answer(HttpClientResponse answer) {
    begun = true;
    response.setStatusCode(answer.statusCode());
    Hops.copy(answer.headers(), response.headers());
    responseHeaders.handle(response.headers());
    if (answer.getHeader("content-length") == null && mayHaveBody(answer)) {
      response.setChunked(true);
    }
    answer.exceptionHandler(this::broken);
    answer.handler(
        chunk -> {
          response.write(chunk);
          if (response.writeQueueFull()) {
            answer.pause();
            response.drainHandler(ignored -> answer.resume());
          }
        });
    answer.endHandler(
        ignored -> {
          if (!over) {
            if (!answer.trailers().isEmpty()) {
              response.trailers().setAll(answer.trailers());
            }
            response.end();
            finish(new Outcome.Answered(answer.statusCode()));
          }
        });
  }

  private static boolean mayHaveBody(HttpClientResponse answer) {
    return answer.statusCode() != 204
        && answer.statusCode() != 304
        && !answer.request().getMethod().equals(HttpMethod.HEAD);
  }

  private void broken(Throwable cause) {
    if (over) {
      return;
    }
    if (begun) {
      finish(new Outcome.Broken(cause));
      response.reset();
    } else {
      finish(new Outcome.Unanswered(cause));
    }
  }

  private void timeUp() {
    HttpClientRequest request = sent;
    boolean cut = begun;
    if (finish(new Outcome.TimedOut(cut))) {
      if (request != null) {
        request.reset();
      }
      if (cut) {
        response.reset();
      }
    }
  }

  private boolean finish(Outcome result) {
    if (over) {
      return false;
    }
    over = true;
    if (timer >= 0) {
      vertx.cancelTimer(timer);
    }
    if (!(result instanceof Outcome.Answered)) {
      body.release();
    }
    outcome.complete(result);
    return true;
  }
}
