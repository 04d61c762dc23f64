package dev.salver.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads one request body into memory within the limit of one and the budget of all. What is refused
 * is let run out for a while, since a client that still sends would not see the answer, then the
 * connection is closed.
 */
final class Intake {
  private static final int START = 16 << 10;
  private static final long DISCARD_BYTES = 256L << 20;
  private static final long DISCARD_MS = 10_000;

  private final HttpServerRequest request;
  private final int limit;
  private final Budget budget;
  private final Consumer<Result> then;
  private final long declared;
  private byte[] body = {};
  private int size;
  private long discarded;
  private boolean refused;
  private boolean ended;

  private Intake(HttpServerRequest request, int limit, Budget budget, Consumer<Result> then) {
    this.request = request;
    this.limit = limit;
    this.budget = budget;
    this.then = then;
    this.declared = declared(request);
  }

  /** How reading went. */
  sealed interface Result {
    /** The budget holds {@code held} bytes until they are given back. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
    record Body(byte[] bytes, long held) implements Result {}

    record TooLarge(int limit) implements Result {}

    record Busy() implements Result {}

    /** The client went away in the middle. */
    record Broken() implements Result {}
  }

  /** Starts reading, on the event loop; {@code then} is called there once. */
  static void read(HttpServerRequest request, int limit, Budget budget, Consumer<Result> then) {
    new Intake(request, limit, budget, then).start();
  }

  private void start() {
    request.handler(this::chunk);
    request.endHandler(ignored -> end());
    request.exceptionHandler(ignored -> broken());
    if (declared > limit) {
      refuse(new Result.TooLarge(limit));
    } else if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
      request.response().writeContinue();
    }
  }

  private void chunk(Buffer chunk) {
    int more = chunk.length();
    if (refused) {
      discarded += more;
      if (discarded > DISCARD_BYTES) {
        hangUp();
      }
    } else if (more > limit - size) {
      refuse(new Result.TooLarge(limit));
    } else if (!room(size + more)) {
      refuse(new Result.Busy());
    } else {
      chunk.getBytes(0, more, body, size);
      size += more;
    }
  }

  private boolean room(int needed) {
    if (needed <= body.length) {
      return true;
    }
    long most = declared >= 0 ? Math.max(declared, needed) : limit;
    long larger = Math.max(needed, Math.min(most, Math.max(START, 2L * body.length)));
    if (!budget.take(larger - body.length)) {
      return false;
    }
    body = Arrays.copyOf(body, (int) larger);
    return true;
  }

  private void end() {
    ended = true;
    if (!refused) {
      long held = body.length;
      byte[] whole = size == body.length ? body : Arrays.copyOf(body, size);
      then.accept(new Result.Body(whole, held));
    }
  }

  private void broken() {
    if (!refused && !ended) {
      refuse(new Result.Broken());
    }
  }

  private void refuse(Result why) {
    refused = true;
    budget.give(body.length);
    body = new byte[0];
    then.accept(why);
    io.vertx.core.Vertx.currentContext()
        .owner()
        .setTimer(
            DISCARD_MS,
            ignored -> {
              if (!ended) {
                hangUp();
              }
            });
  }

  /** Ends the stream of HTTP/2, the connection of HTTP/1, which has no other way. */
  private void hangUp() {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }

  private static long declared(HttpServerRequest request) {
    String length = request.getHeader("content-length");
    try {
      return length == null ? -1 : Long.parseLong(length);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
