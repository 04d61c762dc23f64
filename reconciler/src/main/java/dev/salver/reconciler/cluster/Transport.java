package dev.salver.reconciler.cluster;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests to the API server with the credentials and trust of a fabric8 {@link Config}.
 *
 * <p>Only fabric8's HTTP layer is used: its typed model costs a second of class loading, and its
 * own retries would hide a failing call for twenty seconds.
 */
final class Transport implements AutoCloseable {
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration REQUEST = Duration.ofSeconds(15);

  /** Over the request's own limit, for a server that accepts a connection and says nothing. */
  private static final Duration GRACE = Duration.ofSeconds(5);

  private static final int TRIES = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
  private static final Set<Integer> BUSY = Set.of(429, 502, 503, 504);

  /** Below what servers allow on one HTTP/2 connection, watches included. */
  private static final int AT_ONCE = 32;

  private final Semaphore atOnce = new Semaphore(AT_ONCE);
  private final HttpClient client;
  private final String server;

  Transport(Config config) {
    config.setRequestRetryBackoffLimit(0);
    config.setConnectionTimeout((int) CONNECT.toMillis());
    config.setRequestTimeout((int) REQUEST.toMillis());
    config.setOnlyHttpWatches(true);
    this.server = config.getMasterUrl().replaceAll("/+$", "");
    this.client = new JdkHttpClientFactory().newBuilder(config).build();
  }

  /** The server's address as people know it. */
  String server() {
    return server;
  }

  /**
   * Sends one request; a busy server and a broken connection are tried again a few times.
   *
   * @param body empty for none
   * @throws ClusterException where no answer came, or the server turned us away
   */
  Answer send(String method, String path, String contentType, String body) {
    for (int attempt = 1; ; attempt++) {
      try {
        Answer answer = once(method, path, contentType, body);
        if (answer.code() == 401) {
          throw new ClusterException(Explain.unauthorized(server));
        }
        if (!BUSY.contains(answer.code()) || attempt == TRIES) {
          return answer;
        }
        pause(answer.retryAfter().orElse(FIRST_PAUSE.multipliedBy(attempt)));
      } catch (CompletionException e) {
        Throwable cause = Explain.innermost(e);
        if (attempt == TRIES || !Explain.mayPass(cause)) {
          throw new ClusterException(Explain.broken(server, cause), cause);
        }
        pause(FIRST_PAUSE.multipliedBy(attempt));
      }
    }
  }

  private Answer once(String method, String path, String contentType, String body) {
    HttpRequest.Builder request =
        client
            .newHttpRequestBuilder()
            .uri(server + path)
            .timeout(REQUEST.toMillis(), TimeUnit.MILLISECONDS)
            .setHeader("Accept", "application/json");
    if (!method.equals("GET")) {
      // Always with a body: the JDK adapter sends a DELETE without one as a GET.
      request.method(method, contentType, body);
    }
    atOnce.acquireUninterruptibly();
    try {
      HttpResponse<String> response =
          await(client.sendAsync(request.build(), String.class), REQUEST.plus(GRACE));
      String text = response.body();
      return new Answer(
          response.code(),
          text == null ? "" : text,
          Answer.retryAfter(response.header("Retry-After")));
    } finally {
      atOnce.release();
    }
  }

  /**
   * Opens a response that goes on; pieces arrive on threads of the client.
   *
   * @return complete once the headers are there
   */
  CompletableFuture<HttpResponse<AsyncBody>> stream(
      String path, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
    HttpRequest request =
        client
            .newHttpRequestBuilder()
            .uri(server + path)
            .timeout(0, TimeUnit.MILLISECONDS)
            .setHeader("Accept", "application/json")
            .forStreaming()
            .build();
    return client.consumeBytes(request, consumer);
  }

  /** Waits, and turns what can go wrong into a {@link CompletionException} with the cause. */
  static <T> T await(CompletableFuture<T> future, Duration limit) {
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new CompletionException(Explain.innermost(e));
    } catch (TimeoutException e) {
      future.cancel(true);
      throw new CompletionException(e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  private static void pause(Duration wanted) {
    Duration time = wanted.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wanted;
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ClusterException("Stopped while waiting for the API server", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
