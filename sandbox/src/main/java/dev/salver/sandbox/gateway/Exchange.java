package dev.salver.sandbox.gateway;

import dev.salver.edge.Bodies;
import dev.salver.edge.Forward;
import dev.salver.edge.ReplayableBody;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request to a backend: waits for a pod, is sent, and is sent again where a pod went away
 * before it answered. Lives on the request's event loop.
 */
final class Exchange {
  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  /** How often a request goes out again that a pod may have begun to work on. */
  private static final int MAX_RESENT = 3;

  private static final long PAUSE_MILLIS = 50;
  private static final long DISCARD_MILLIS = 20_000;

  /** What exchanges share. */
  record Shared(
      Vertx vertx, HttpClient http1, HttpClient http2, GatewayOptions options, Waker waker) {}

  /** Is told of requests that wait for the first pod of a revision. */
  interface Waker {
    void waiting(Backend.Ref.Revision revision);

    /** Such a request was answered; {@code after} counts from its first wait. */
    void answered(Backend.Ref.Revision revision, Duration after);
  }

  private final Shared shared;
  private final HttpServerRequest request;
  private final Outgoing outgoing;
  private final Pool pool;
  private final Context context;
  private final Duration timeout;
  private @Nullable ReplayableBody body;
  private Pool.@Nullable Waiter waiter;
  private Pool.@Nullable Pod pod;
  private Pool.@Nullable Pod avoid;
  private @Nullable Forward forward;
  private long waitTimer = -1;
  private long waitUntil;
  private long wokeAt;
  private long sendUntil;
  private int resent;
  private boolean over;

  Exchange(
      Shared shared,
      HttpServerRequest request,
      Outgoing outgoing,
      Pool pool,
      Optional<Duration> timeout) {
    this.shared = shared;
    this.request = request;
    this.outgoing = outgoing;
    this.pool = pool;
    this.context = shared.vertx().getOrCreateContext();
    this.timeout = timeout.or(pool.backend()::timeout).orElse(shared.options().timeout());
  }

  void start() {
    pool.load().begin(System.nanoTime());
    ReplayableBody fresh =
        new ReplayableBody(
            request, shared.options().maxBody(), shared.options().replay(), this::bodyFailed);
    body = fresh;
    request.response().closeHandler(ignored -> gone());
    request.response().exceptionHandler(ignored -> gone());
    if (fresh.declaredTooLarge()) {
      bodyFailed(null);
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
      request.response().writeContinue();
    }
    attempt();
  }

  private void attempt() {
    if (over) {
      return;
    }
    Pool.Pod free = pool.take(avoid);
    if (free != null) {
      send(free);
    } else {
      await();
    }
  }

  private void await() {
    Backend backend = pool.backend();
    if (pool.isEmpty() && backend.failure().isPresent()) {
      fail(503, "Failed", backend.failure().get());
      return;
    }
    long now = System.nanoTime();
    if (waitUntil == 0) {
      Duration patience = backend.wakes() ? shared.options().wake() : shared.options().gap();
      waitUntil = now + patience.toNanos();
    }
    if (now >= waitUntil) {
      nobodyCame();
      return;
    }
    ReplayableBody held = body;
    var next =
        new Pool.Waiter(
            held == null ? 0 : held.held(),
            found -> context.runOnContext(ignored -> delivered(found)));
    waiter = next;
    if (!pool.enqueue(next)) {
      waiter = null;
      fail(503, "Overloaded", "too many requests wait for " + named() + " already");
      return;
    }
    waitTimer =
        shared
            .vertx()
            .setTimer(Math.max(1, (waitUntil - now) / 1_000_000), ignored -> nobodyCame());
    if (backend.ref() instanceof Backend.Ref.Revision revision && pool.isEmpty()) {
      wokeAt = wokeAt == 0 ? now : wokeAt;
      shared.waker().waiting(revision);
    }
  }

  private void delivered(Optional<Pool.Pod> found) {
    waiter = null;
    shared.vertx().cancelTimer(waitTimer);
    if (over) {
      found.ifPresent(pool::giveBack);
    } else if (found.isPresent()) {
      send(found.get());
    } else {
      fail(503, "Failed", pool.backend().failure().orElse("no pod of " + named() + " will come"));
    }
  }

  private void nobodyCame() {
    fail(
        503,
        "NoPodReady",
        "no pod of " + named() + " got ready in time; its events and logs say why");
  }

  private void send(Pool.Pod to) {
    ReplayableBody from = body;
    if (from == null) {
      return;
    }
    pod = to;
    long now = System.nanoTime();
    if (sendUntil == 0) {
      sendUntil = now + timeout.toNanos();
    }
    Backend backend = pool.backend();
    boolean http2 = backend.grpc() || Answers.isGrpc(request);
    RequestOptions options =
        outgoing.options(request, backend.ref()).setHost("127.0.0.1").setPort(to.address.port());
    var attempt = new Forward(shared.vertx(), from, request.response(), headers -> {});
    forward = attempt;
    attempt
        .send(
            http2 ? shared.http2() : shared.http1(),
            options,
            HostAndPort.parseAuthority(outgoing.authority(), -1),
            Duration.ofNanos(Math.max(1, sendUntil - now)))
        .onComplete(ended -> ended(ended.result()));
  }

  private void ended(Forward.Outcome outcome) {
    forward = null;
    switch (outcome) {
      case Forward.Outcome.Answered answered -> {
        if (wokeAt != 0 && pool.backend().ref() instanceof Backend.Ref.Revision revision) {
          shared.waker().answered(revision, Duration.ofNanos(System.nanoTime() - wokeAt));
        }
        finish();
      }
      case Forward.Outcome.Abandoned abandoned -> finish();
      case Forward.Outcome.Broken broken -> {
        LOG.warn("the response of {} broke off: {}", named(), broken.cause().getMessage());
        finish();
      }
      case Forward.Outcome.TimedOut timedOut -> {
        if (!timedOut.begun()) {
          fail(504, "Timeout", named() + " did not answer within " + timeout.toSeconds() + " s");
        } else {
          finish();
        }
      }
      case Forward.Outcome.Unreached unreached -> again(unreached.cause(), false);
      case Forward.Outcome.Unanswered unanswered -> again(unanswered.cause(), true);
    }
  }

  private void again(Throwable cause, boolean sent) {
    if (over) {
      return;
    }
    Pool.Pod failed = pod;
    release();
    boolean replayable = body != null && body.replayable();
    resent += sent ? 1 : 0;
    if (!replayable || resent > MAX_RESENT || System.nanoTime() >= sendUntil) {
      fail(
          502,
          "PodGone",
          "the pod of " + named() + " went away before it answered: " + cause.getMessage());
      return;
    }
    if (waitUntil == 0) {
      Duration patience = pool.backend().wakes() ? shared.options().wake() : shared.options().gap();
      waitUntil = System.nanoTime() + patience.toNanos();
    } else if (System.nanoTime() >= waitUntil) {
      nobodyCame();
      return;
    }
    avoid = failed;
    shared.vertx().setTimer(PAUSE_MILLIS, ignored -> attempt());
  }

  private void bodyFailed(@Nullable Throwable why) {
    if (over) {
      return;
    }
    Forward underWay = forward;
    if (why == null || why instanceof Bodies.TooLarge) {
      fail(413, "TooLarge", "the body is larger than " + shared.options().maxBody() + " bytes");
    }
    if (underWay != null) {
      underWay.abandon();
    }
    finish();
  }

  private void gone() {
    Forward underWay = forward;
    if (underWay != null) {
      underWay.abandon();
    }
    finish();
  }

  private void fail(int status, String reason, String message) {
    if (!over) {
      Answers.error(request, status, reason, message);
      finish();
    }
  }

  private void finish() {
    if (over) {
      return;
    }
    over = true;
    discardBody();
    shared.vertx().cancelTimer(waitTimer);
    Pool.Waiter waiting = waiter;
    if (waiting != null) {
      pool.cancel(waiting);
    }
    release();
    pool.load().end(System.nanoTime());
  }

  /** What a client still sends after its answer is read for a while, then the connection ends. */
  private void discardBody() {
    ReplayableBody rest = body;
    if (rest == null || request.isEnded()) {
      return;
    }
    rest.discard();
    long giveUp = shared.vertx().setTimer(DISCARD_MILLIS, ignored -> giveUp());
    request.endHandler(ignored -> shared.vertx().cancelTimer(giveUp));
    request.exceptionHandler(ignored -> shared.vertx().cancelTimer(giveUp));
  }

  /** Other streams of an HTTP/2 connection are none of this one's business. */
  private void giveUp() {
    if (request.version() == HttpVersion.HTTP_2) {
      request.response().reset();
    } else {
      request.connection().close();
    }
  }

  private void release() {
    Pool.Pod mine = pod;
    pod = null;
    if (mine != null) {
      pool.giveBack(mine);
    }
  }

  private String named() {
    Backend.Ref ref = pool.backend().ref();
    String kind = ref instanceof Backend.Ref.Revision ? "revision " : "service ";
    return kind + ref.namespace() + "/" + ref.name();
  }
}
