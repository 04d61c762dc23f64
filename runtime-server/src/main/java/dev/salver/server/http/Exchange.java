package dev.salver.server.http;

import dev.salver.server.batch.Answer;
import dev.salver.server.batch.Call;
import dev.salver.server.metrics.ServerMetrics;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** One inference request from its headers to its answer. */
final class Exchange implements Consumer<Answer>, BooleanSupplier {
  private final HttpServerRequest request;
  private final ServerMetrics metrics;
  private final boolean v2;
  private final Duration time;
  private final Budget budget;
  private final Context context = Vertx.currentContext();
  private final long arrived = System.nanoTime();
  private volatile boolean gone;
  private long held;

  Exchange(
      HttpServerRequest request, ServerMetrics metrics, boolean v2, Duration time, Budget budget) {
    this.request = request;
    this.metrics = metrics;
    this.v2 = v2;
    this.time = time;
    this.budget = budget;
    request.response().closeHandler(ignored -> gone = true);
  }

  /** Answers without having read the body. */
  void refuse(Reply reply) {
    finish(reply);
  }

  /** The body is there, or is not to come. */
  void body(Intake.Result result, Served served) {
    switch (result) {
      case Intake.Result.TooLarge(int limit) ->
          finish(Reply.error(413, "the body is larger than the " + limit + " bytes allowed"));
      case Intake.Result.Busy() -> finish(busy());
      case Intake.Result.Broken() -> finish(Reply.error(400, "the body ended too early"));
      case Intake.Result.Body(byte[] bytes, long reserved) -> {
        held = reserved;
        if (bytes.length == 0) {
          finish(Reply.error(400, "the body is empty; a JSON object was expected"));
        } else if (!served.pool().submit(call(bytes, served))) {
          finish(busy());
        }
      }
    }
  }

  private Call call(byte[] bytes, Served served) {
    return new Call(
        v2 ? served.v2() : served.v1(), bytes, arrived, arrived + time.toNanos(), this, this);
  }

  private static Reply busy() {
    return Reply.error(503, "more requests wait than the server takes; try again")
        .with("retry-after", "1");
  }

  /** Called on an inference thread. */
  @Override
  public void accept(Answer answer) {
    Reply reply =
        switch (answer) {
          case Answer.Done(byte[] bytes) -> Reply.json(bytes);
          case Answer.Refused(String message) -> Reply.error(400, message);
          case Answer.Broken(String message) -> Reply.error(500, message);
          case Answer.Expired() ->
              Reply.error(504, "there was no answer within " + time.toMillis() + " ms");
        };
    context.runOnContext(ignored -> finish(reply));
  }

  /** The client has left. */
  @Override
  public boolean getAsBoolean() {
    return gone;
  }

  private void finish(Reply reply) {
    budget.give(held);
    held = 0;
    metrics.end(v2, reply.status());
    reply.send(request);
  }
}
