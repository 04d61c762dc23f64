package dev.salver.edge;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * A request's body on its way on: streamed with backpressure, and its beginning kept so that it can
 * be sent again. Used on the request's event loop only.
 */
public final class ReplayableBody {
  private final HttpServerRequest request;
  private final long limit;
  private final int keep;
  private final Handler<Throwable> failed;
  private final Buffer kept = Buffer.buffer(0);
  private long total;
  private boolean ended;
  private boolean spilled;
  private boolean broken;
  private @Nullable HttpClientRequest target;

  /**
   * Takes over a request's handlers.
   *
   * @param limit bytes of the whole body, beyond which {@code failed} is told {@link
   *     Bodies.TooLarge}
   * @param keep bytes that may be sent again
   * @param failed told once, when the rest of the body will not come
   */
  public ReplayableBody(
      HttpServerRequest request, long limit, int keep, Handler<Throwable> failed) {
    this.request = request;
    this.limit = limit;
    this.keep = keep;
    this.failed = failed;
    request.handler(this::chunk);
    request.endHandler(ignored -> end());
    request.exceptionHandler(this::fail);
  }

  /** Whether all that was read so far can still be sent to somebody else. */
  public boolean replayable() {
    return !spilled && !broken;
  }

  /** Bytes held in memory. */
  public int held() {
    return kept.length();
  }

  /** Whether the declared length alone is too much. */
  public boolean declaredTooLarge() {
    String declared = request.getHeader("content-length");
    try {
      return declared != null && Long.parseLong(declared.strip()) > limit;
    } catch (NumberFormatException e) {
      return false;
    }
  }

  /** Sends what is there and then what comes. A former target gets nothing more. */
  public void sendTo(HttpClientRequest next) {
    target = next;
    if (request.getHeader("content-length") == null && !(ended && kept.length() == 0)) {
      next.setChunked(true);
    }
    if (ended) {
      if (kept.length() == 0) {
        next.end();
      } else {
        next.end(kept.slice());
      }
      return;
    }
    if (kept.length() > 0) {
      next.write(kept.copy());
    }
    if (kept.length() > keep) {
      spilled = true;
    }
    request.resume();
  }

  /** The target is gone; what comes is kept for the next one, as far as that goes. */
  public void release() {
    target = null;
  }

  /**
   * Nobody wants the rest: it is read and thrown away, because a client that still sends does not
   * look at its answer.
   */
  public void discard() {
    request.handler(ignored -> {});
    request.resume();
  }

  private void chunk(Buffer chunk) {
    total += chunk.length();
    if (total > limit) {
      fail(new Bodies.TooLarge(limit));
      return;
    }
    HttpClientRequest to = target;
    if (!spilled && (to == null || kept.length() + chunk.length() <= keep)) {
      kept.appendBuffer(chunk);
    } else {
      spilled = true;
    }
    if (to == null) {
      if (kept.length() > keep) {
        request.pause();
      }
      return;
    }
    to.write(chunk);
    if (to.writeQueueFull()) {
      request.pause();
      to.drainHandler(ignored -> request.resume());
    }
  }

  private void end() {
    ended = true;
    HttpClientRequest to = target;
    if (to != null) {
      to.end();
    }
  }

  private void fail(Throwable why) {
    if (!broken && !ended) {
      broken = true;
      discard();
      failed.handle(why);
    }
  }
}
