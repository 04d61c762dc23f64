package dev.salver.cli.testing;

import dev.salver.artifacts.source.ModelSource;
import dev.salver.artifacts.source.ModelSource.Limits;
import dev.salver.artifacts.source.Outcome;
import dev.salver.artifacts.source.Progress;
import dev.salver.artifacts.source.Sources;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.lock.Lock;
import java.nio.file.Path;
import java.util.Optional;

/** Tests run what {@code serve.lock} pins, or say that it is not there any more. */
final class PinnedModels {
  private static final String DIGEST = "sha256:";

  private final Path project;
  private final Lock lock;

  PinnedModels(Path project, Lock lock) {
    this.project = project;
    this.lock = lock;
  }

  /** Why a file is not what was pinned; empty where it is, or where nothing pins it. */
  Optional<String> changed(ModelPlan model) {
    String source = model.source().orElse("");
    Lock.Artifact pin = lock.artifacts().get(source);
    if (pin == null || !source.startsWith("file:")) {
      return Optional.empty();
    }
    Path file = project.resolve(source.substring("file:".length())).normalize();
    return switch (Sources.open(file.toAbsolutePath().toString())) {
      case Outcome.Failed<ModelSource>(var failure) -> Optional.of(failure.message());
      case Outcome.Ok<ModelSource>(ModelSource opened) -> {
        try (opened) {
          yield changed(opened, source, pin);
        }
      }
    };
  }

  private static Optional<String> changed(ModelSource file, String source, Lock.Artifact pin) {
    return switch (file.digest(Limits.DEFAULT, Progress.NONE)) {
      case Outcome.Failed<ModelSource.Fetched>(var failure) -> Optional.of(failure.message());
      case Outcome.Ok<ModelSource.Fetched>(var found) ->
          pin.digest().equals(DIGEST + found.sha256())
              ? Optional.empty()
              : Optional.of(
                  "`"
                      + source
                      + "` is not what `serve.lock` pins: it has changed since; `salver lock` pins"
                      + " what is there now");
    };
  }

  /** What makes whoever fetches a source check it against its pin; empty where it has none. */
  String fragment(String source) {
    Lock.Artifact pin = lock.artifacts().get(source);
    return pin == null || source.indexOf('#') >= 0
        ? ""
        : "#sha256=" + pin.digest().substring(DIGEST.length());
  }
}
