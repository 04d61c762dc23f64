package dev.salver.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process under measurement, ended with the measurement. */
final class Child implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final long started;
  private final int port;

  private Child(Process process, long started, int port) {
    this.process = process;
    this.started = started;
    this.port = port;
  }

  /** Starts a server on a free port, handed over in {@code PORT}; its output goes to a file. */
  static Child server(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    int port = freePort();
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().putAll(environment);
    builder.environment().put("PORT", Integer.toString(port));
    long started = System.nanoTime();
    return new Child(builder.start(), started, port);
  }

  /** Wall time of a whole command that must end well. */
  static Duration run(List<String> command, Path log) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    long started = System.nanoTime();
    int code = builder.start().waitFor();
    if (code != 0) {
      throw new IOException(command + " ended with " + code + "; see " + log);
    }
    return Duration.ofNanos(System.nanoTime() - started);
  }

  int port() {
    return port;
  }

  /** User and system time so far. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** Asks until the server answers 200; the time since it was started. */
  Duration firstAnswer(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (System.nanoTime() - started < PATIENCE.toNanos()) {
        if (!process.isAlive()) {
          throw new IOException("the server ended with " + process.exitValue());
        }
        try {
          if (client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
            return Duration.ofNanos(System.nanoTime() - started);
          }
        } catch (IOException notListening) {
          // Not yet.
        }
        TimeUnit.MILLISECONDS.sleep(2);
      }
    }
    throw new IOException("no answer within " + PATIENCE);
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
