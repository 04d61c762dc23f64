package dev.salver.server.model;

import dev.salver.artifacts.source.ModelSource;
import dev.salver.artifacts.source.Outcome;
import dev.salver.artifacts.source.Sources;
import dev.salver.artifacts.source.Staging;
import dev.salver.server.batch.Answer;
import dev.salver.server.batch.Call;
import dev.salver.server.batch.InferencePool;
import dev.salver.server.codec.Codec;
import dev.salver.server.codec.V1Codec;
import dev.salver.server.codec.V2Codec;
import dev.salver.server.engine.Engine;
import dev.salver.server.engine.OnnxEngine;
import dev.salver.server.http.Served;
import dev.salver.server.metrics.ServerMetrics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** From an address or a folder to a model that takes requests. */
final class Loader {
  private static final int WARM_UPS = 3;
  private static final Duration WARM_UP = Duration.ofMinutes(2);

  private final ModelFlags flags;
  private final Optional<String> storageUri;
  private final ServerMetrics metrics;
  private final Log log;

  Loader(ModelFlags flags, Optional<String> storageUri, ServerMetrics metrics, Log log) {
    this.flags = flags;
    this.storageUri = storageUri;
    this.metrics = metrics;
    this.log = log;
  }

  /** What came of loading. */
  sealed interface Result {
    record Ready(Served served) implements Result {}

    record Failed(String message) implements Result {}
  }

  Result load() {
    Optional<String> failure = fetch();
    if (failure.isPresent()) {
      return new Result.Failed(failure.get());
    }
    return switch (ModelFolder.find(flags.modelDir())) {
      case ModelFolder.Found.None(String message) -> new Result.Failed(message);
      case ModelFolder.Found.Model(Path file, String version) ->
          switch (OnnxEngine.load(file)) {
            case OnnxEngine.Loaded.Failed(String reason) -> new Result.Failed(reason);
            case OnnxEngine.Loaded.Ok(Engine engine) -> serve(engine, version);
          };
    };
  }

  private Optional<String> fetch() {
    if (storageUri.isEmpty()) {
      return Optional.empty();
    }
    Path folder = flags.modelDir();
    try {
      if (!ModelFolder.empty(folder) && !Staging.interrupted(folder)) {
        return Optional.empty();
      }
      if (Files.isRegularFile(folder)) {
        return Optional.empty();
      }
    } catch (IOException e) {
      return Optional.of("can't read " + folder + ": " + e.getMessage());
    }
    return switch (Sources.open(storageUri.get())) {
      case Outcome.Failed<ModelSource>(var failure) -> Optional.of(failure.message());
      case Outcome.Ok<ModelSource>(var source) ->
          switch (source.fetch(folder, ModelSource.Limits.DEFAULT)) {
            case Outcome.Failed<ModelSource.Fetched>(var failure) -> Optional.of(failure.message());
            case Outcome.Ok<ModelSource.Fetched>(var fetched) -> {
              log.info("fetched " + fetched.files().size() + " files, sha256 " + fetched.sha256());
              yield Optional.empty();
            }
          };
    };
  }

  private Result serve(Engine engine, String version) {
    var v1 = new V1Codec(engine.model());
    var v2 = new V2Codec(flags.modelName(), version, engine.model());
    var pool = new InferencePool(engine, flags.threads(), flags.maxWaiting(), metrics);
    if (flags.warmUp().isPresent()) {
      byte[] request = flags.warmUp().get().getBytes(StandardCharsets.UTF_8);
      Optional<String> refused = warmUp(pool, v1, request);
      if (refused.isPresent()) {
        pool.stop(Duration.ZERO);
        return new Result.Failed("the request to warm up with failed: " + refused.get());
      }
    } else {
      Optional<String> cold = warmUp(pool, v2, Samples.v2(engine.model()));
      cold.ifPresent(reason -> log.info("the made-up warm-up request failed: " + reason));
    }
    return new Result.Ready(
        new Served(version, engine.platform(), engine.model(), v1, v2, pool, engine));
  }

  /**
   * Sends requests the way of real ones. Zeros need not be a sensible input, so the refusal of a
   * made-up one is told and no more; it has loaded what a first request needs all the same. One
   * that was given must be answered.
   */
  private static Optional<String> warmUp(InferencePool pool, Codec codec, byte[] body) {
    for (int i = 0; i < WARM_UPS; i++) {
      var done = new CompletableFuture<Answer>();
      long now = System.nanoTime();
      pool.submit(new Call(codec, body, now, now + WARM_UP.toNanos(), () -> false, done::complete));
      try {
        switch (done.get(WARM_UP.toSeconds(), TimeUnit.SECONDS)) {
          case Answer.Done d -> {}
          case Answer.Refused(String message) -> {
            return Optional.of(message);
          }
          case Answer.Broken(String message) -> {
            return Optional.of(message);
          }
          case Answer.Expired() -> {
            return Optional.of("no answer within " + WARM_UP.toSeconds() + " s");
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.of("interrupted");
      } catch (ExecutionException | TimeoutException e) {
        return Optional.of(e.toString());
      }
    }
    return Optional.empty();
  }
}
