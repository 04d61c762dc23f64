package dev.salver.cli.lock;

import dev.salver.artifacts.signature.Artifacts;
import dev.salver.artifacts.signature.Inspection;
import dev.salver.artifacts.source.ModelSource;
import dev.salver.artifacts.source.ModelSource.Fetched;
import dev.salver.artifacts.source.ModelSource.Limits;
import dev.salver.artifacts.source.Outcome;
import dev.salver.artifacts.source.Progress;
import dev.salver.artifacts.source.Sources;
import dev.salver.artifacts.source.Surroundings;
import dev.salver.compiler.lock.Lock.Artifact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads one source: its digest, and what the artifact says about itself. */
final class Pinning {
  /** A terabyte in a day: what it takes is the user's to judge, who sees it and may interrupt. */
  private static final Limits LIMITS =
      new Limits(1L << 40, 10_000, Duration.ofSeconds(30), Duration.ofDays(1));

  private final Path project;
  private final Surroundings surroundings;

  Pinning(Path project, Surroundings surroundings) {
    this.project = project;
    this.surroundings = surroundings;
  }

  /** What became of a source. */
  sealed interface Result {
    /**
     * @param notes a sentence each, for people
     */
    record Pinned(Artifact artifact, List<String> notes) implements Result {}

    /**
     * @param reason one line, without credentials
     */
    record Failed(String reason) implements Result {}
  }

  Result pin(String source, Progress progress) {
    return switch (Sources.open(address(source), surroundings)) {
      case Outcome.Failed<ModelSource>(var failure) -> new Result.Failed(failure.message());
      case Outcome.Ok<ModelSource>(ModelSource opened) -> {
        try (opened) {
          yield pin(opened, progress);
        }
      }
    };
  }

  /** A file's path in a program counts from the project's folder. */
  private String address(String source) {
    String path = source.startsWith("file:") ? source.substring("file:".length()) : "";
    return path.isEmpty() ? source : project.resolve(path).normalize().toString();
  }

  private static Result pin(ModelSource source, Progress progress) {
    Inspection inspection;
    try {
      inspection = Artifacts.inspect(new SourceFiles(source));
    } catch (IOException e) {
      return new Result.Failed(String.valueOf(e.getMessage()));
    }
    if (inspection instanceof Inspection.Refused refused) {
      return new Result.Failed(source.address() + " is no sound model: " + refused);
    }
    return switch (source.digest(LIMITS, progress)) {
      case Outcome.Failed<Fetched>(var failure) -> new Result.Failed(failure.message());
      case Outcome.Ok<Fetched>(var fetched) -> pinned(inspection, fetched);
    };
  }

  private static Result pinned(Inspection inspection, Fetched fetched) {
    String digest = "sha256:" + fetched.sha256();
    return switch (inspection) {
      case Inspection.Known known ->
          new Result.Pinned(
              new Artifact(
                  digest,
                  fetched.bytes(),
                  Optional.of(known.format()),
                  known.signature().map(Signatures::of),
                  known.weightBytes().isPresent()
                      ? Optional.of(known.weightBytes().getAsLong())
                      : Optional.empty(),
                  known.lowerable()),
              known.notes());
      case Inspection.Unknown(String reason) ->
          new Result.Pinned(
              new Artifact(
                  digest,
                  fetched.bytes(),
                  Optional.empty(),
                  Optional.empty(),
                  Optional.empty(),
                  false),
              List.of("its format can't be told: " + reason));
      case Inspection.Refused refused -> new Result.Failed(refused.toString());
    };
  }
}
