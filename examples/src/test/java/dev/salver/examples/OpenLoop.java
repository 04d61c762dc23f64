package dev.salver.examples;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Requests at a fixed rate, whether or not earlier ones were answered. */
final class OpenLoop implements AutoCloseable {
  /** What came back: a status and a body, or 0 and why nothing did. */
  record Answer(int status, String body) {}

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final List<CompletableFuture<Answer>> answers = new ArrayList<>();
  private final HttpRequest request;

  OpenLoop(String url, String body) {
    request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(30))
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
  }

  void start(int perSecond) {
    var _ = clock.scheduleAtFixedRate(this::ask, 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
  }

  int asked() {
    synchronized (answers) {
      return answers.size();
    }
  }

  /** Asks no more and waits for what is still under way. */
  List<Answer> stop() throws InterruptedException {
    clock.shutdown();
    if (!clock.awaitTermination(5, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the clock goes on");
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  @Override
  public void close() {
    clock.shutdownNow();
    client.close();
  }

  private void ask() {
    CompletableFuture<Answer> answer =
        client
            .sendAsync(request, HttpResponse.BodyHandlers.ofString())
            .thenApply(response -> new Answer(response.statusCode(), response.body()))
            .exceptionally(failure -> new Answer(0, failure.toString()));
    synchronized (answers) {
      answers.add(answer);
    }
  }
}
