package dev.salver.cli.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.testing.Models;
import dev.salver.compiler.type.Signature;
import dev.salver.kube.Json;
import dev.salver.kube.graph.Calls;
import dev.salver.kube.graph.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * Models of tests as processes of the server program. Each is started when it is first asked, and
 * runs until the tests are over; two environments that load the same share one.
 */
public final class ModelServers implements Models, AutoCloseable {
  private final Path project;
  private final PinnedModels pinned;
  private final Path folder;
  private final List<String> program;
  private final Duration patience;
  private final Map<String, Running> running = new HashMap<>();

  private sealed interface Running {
    record Ready(ModelServer server, Signature signature) implements Running {}

    record Failed(String why) implements Running {}
  }

  /**
   * @param lock what models must be; those that it does not pin may be anything
   * @param folder an empty one for what is fetched; gone when this is closed
   * @param program the server program without flags
   * @param patience for a start and for an answer
   */
  public ModelServers(
      Path project, Lock lock, Path folder, List<String> program, Duration patience) {
    this.project = project;
    this.pinned = new PinnedModels(project, lock);
    this.folder = folder;
    this.program = List.copyOf(program);
    this.patience = patience;
  }

  @Override
  public Described describe(ModelPlan model) throws InterruptedException {
    return switch (running(model)) {
      case Running.Ready ready -> new Described.Known(ready.signature());
      case Running.Failed(String why) -> new Described.Failed(why);
    };
  }

  @Override
  public Calls.Reply call(ModelPlan model, SequencedMap<String, Value> inputs)
      throws InterruptedException {
    return switch (running(model)) {
      case Running.Failed(String why) -> new Calls.Reply.Failed(502, why);
      case Running.Ready ready -> {
        try {
          ModelServer.Answer answer =
              ready.server().infer(Json.write(V2Json.request(inputs)), patience);
          yield answer.status() == 200
              ? new Calls.Reply.Answered(V2Json.outputs(parsed(answer.body())))
              : new Calls.Reply.Failed(answer.status(), error(answer));
        } catch (IOException | IllegalArgumentException e) {
          yield new Calls.Reply.Failed(502, String.valueOf(e.getMessage()));
        }
      }
    };
  }

  @Override
  public void close() throws IOException {
    synchronized (running) {
      for (Running each : running.values()) {
        if (each instanceof Running.Ready ready) {
          ready.server().close();
        }
      }
      running.clear();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Running running(ModelPlan model) throws InterruptedException {
    String key = model.name() + "\n" + model.source().orElse("");
    synchronized (running) {
      Running known = running.get(key);
      if (known == null) {
        known = start(model);
        running.put(key, known);
      }
      return known;
    }
  }

  private Running start(ModelPlan model) throws InterruptedException {
    Optional<String> refusal = refusal(model).or(() -> pinned.changed(model));
    if (refusal.isPresent()) {
      return new Running.Failed(refusal.get());
    }
    try {
      String source = model.source().orElseThrow();
      Path at = Files.createDirectory(folder.resolve(Integer.toString(running.size())));
      ModelServer server =
          ModelServer.start(
              program,
              model.name(),
              uri(source) + pinned.fragment(source),
              at.toString(),
              patience);
      ModelServer.Answer answer = server.metadata(patience);
      return new Running.Ready(server, V2Json.signature(parsed(answer.body())));
    } catch (ModelServer.NotReady e) {
      return new Running.Failed("it does not start: " + e.why());
    } catch (IOException e) {
      return new Running.Failed("it does not start: " + e.getMessage());
    }
  }

  /** Why a model does not run here. */
  private Optional<String> refusal(ModelPlan model) {
    String source = model.source().orElse("");
    String instead = "; give the test a `stub " + model.name() + " { … }`";
    if (!model.format().equals(Optional.of("onnx"))) {
      return Optional.of(
          model
                  .format()
                  .map(format -> "a model of format " + format)
                  .orElse("a server of one's own")
              + " does not run in tests"
              + instead);
    }
    if (source.startsWith("file:")) {
      Path file = file(source);
      return Files.exists(file)
          ? Optional.empty()
          : Optional.of("there is no " + source.substring("file:".length()) + instead);
    }
    String scheme = source.substring(0, Math.max(0, source.indexOf(':')));
    return scheme.toLowerCase(Locale.ROOT).matches("https?")
        ? Optional.empty()
        : Optional.of("a source in " + scheme + ": is not fetched for tests" + instead);
  }

  private String uri(String source) {
    return source.startsWith("file:") ? file(source).toUri().toString() : source;
  }

  private Path file(String source) {
    return project.resolve(source.substring("file:".length())).normalize();
  }

  private static JsonNode parsed(String body) throws IOException {
    return Json.mapper().readTree(body);
  }

  private static String error(ModelServer.Answer answer) throws IOException {
    String words = parsed(answer.body()).path("error").asText();
    return words.isEmpty() ? answer.body() : words;
  }
}
