package dev.salver.cli.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One model behind the program that serves it in a cluster, on a free port of this machine. */
final class ModelServer implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("is ready on port (\\d+)$");
  private static final Duration ENDING = Duration.ofSeconds(5);

  private final Process process;
  private final String name;
  private final CompletableFuture<Integer> port = new CompletableFuture<>();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private ModelServer(Process process, String name) {
    this.process = process;
    this.name = name;
  }

  /** It did not get ready; the message says why, in words for the user. */
  static final class NotReady extends Exception {
    private static final long serialVersionUID = 1;

    NotReady(String why) {
      super(why, null, false, false);
    }

    String why() {
      return String.valueOf(getMessage());
    }
  }

  /** What it answered. */
  record Answer(int status, String body) {}

  /**
   * Starts the program and waits until the model is loaded and warm. It ends with this process,
   * whatever becomes of it: the end of its standard input stops it.
   *
   * @param source what it fetches, as a URI
   * @param folder an empty one, where the model is put
   */
  static ModelServer start(
      List<String> program, String name, String source, String folder, Duration patience)
      throws IOException, InterruptedException, NotReady {
    var command = new ArrayList<>(program);
    command.addAll(List.of("--model_name=" + name, "--model_dir=" + folder, "--http_port=0"));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("PORT", "SALVER_WARM_UP"));
    builder.environment().put("STORAGE_URI", source);
    builder.environment().put("SALVER_STDIN", "hold");
    var server = new ModelServer(builder.start(), name);
    Thread.ofVirtual().start(server::read);
    try {
      server.port.get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return server;
    } catch (ExecutionException e) {
      server.close();
      Throwable cause = e.getCause();
      throw new NotReady(String.valueOf(cause == null ? e.getMessage() : cause.getMessage()));
    } catch (TimeoutException e) {
      server.close();
      throw new NotReady("it was not ready within " + patience.toSeconds() + " s");
    } catch (InterruptedException e) {
      server.close();
      throw e;
    }
  }

  Answer metadata(Duration patience) throws IOException, InterruptedException {
    return send(request("/v2/models/" + name, patience).build());
  }

  Answer infer(String body, Duration patience) throws IOException, InterruptedException {
    return send(
        request("/v2/models/" + name + "/infer", patience)
            .header("content-type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  @Override
  public void close() {
    client.shutdownNow();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(ENDING.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest.Builder request(String path, Duration patience) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.join() + path))
        .timeout(patience);
  }

  private Answer send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
    return new Answer(response.statusCode(), response.body());
  }

  /** Its log is read to the end, so that it never waits for a reader. */
  private void read() {
    String last = "it ended without a word";
    try (InputStream in = process.getInputStream();
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Matcher ready = READY.matcher(line);
        if (ready.find()) {
          port.complete(Integer.valueOf(ready.group(1)));
        }
        int words = line.indexOf(" error ");
        last = words < 0 ? line : line.substring(words + " error ".length());
      }
    } catch (IOException e) {
      last = "its log broke off: " + e.getMessage();
    }
    port.completeExceptionally(new IOException(last));
  }
}
