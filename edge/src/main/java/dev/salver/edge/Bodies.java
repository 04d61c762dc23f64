package dev.salver.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/** Reads request bodies up to a bound. */
public final class Bodies {
  private Bodies() {}

  /** The whole body, or {@link TooLarge} as soon as it is known to exceed {@code limit} bytes. */
  public static Future<Buffer> read(HttpServerRequest request, long limit) {
    String declared = request.getHeader("content-length");
    if (declared != null && longerThan(declared, limit)) {
      return Future.failedFuture(new TooLarge(limit));
    }
    Promise<Buffer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    request.handler(
        chunk -> {
          if (body.length() + chunk.length() > limit) {
            request.handler(ignored -> {});
            whole.tryFail(new TooLarge(limit));
          } else {
            body.appendBuffer(chunk);
          }
        });
    request.exceptionHandler(whole::tryFail);
    request.endHandler(ignored -> whole.tryComplete(body));
    return whole.future();
  }

  private static boolean longerThan(String declared, long limit) {
    try {
      return Long.parseLong(declared.strip()) > limit;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** The body is over the limit: 413. */
  public static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1;

    TooLarge(long limit) {
      super("the body is larger than " + limit + " bytes", null, false, false);
    }
  }
}
