package dev.salver.artifacts.source;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Sources as tests ask them: with variables of their own, at a time of their own, never waiting.
 */
final class Asking {
  static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final ModelSource.Limits LIMITS =
      new ModelSource.Limits(1 << 20, 50, Duration.ofSeconds(5), Duration.ofSeconds(60));

  final List<String> retries = new ArrayList<>();
  final List<Duration> pauses = new ArrayList<>();
  private final Surroundings surroundings;

  Asking(Map<String, String> variables, Path home) {
    this.surroundings =
        new Surroundings(variables, home, Clock.fixed(NOW, ZoneOffset.UTC), pauses::add);
  }

  ModelSource open(String address) {
    return (ModelSource)
        assertInstanceOf(Outcome.Ok.class, Sources.open(address, surroundings)).value();
  }

  private Progress progress() {
    return new Progress() {
      @Override
      public void retrying(String address, String reason, Duration pause) {
        retries.add(address + ": " + reason);
      }
    };
  }

  @SuppressWarnings("unchecked")
  static <T> T ok(Outcome<T> outcome) {
    return ((Outcome.Ok<T>)
            assertInstanceOf(Outcome.Ok.class, outcome, () -> String.valueOf(outcome)))
        .value();
  }

  ModelSource.Fetched digest(String address) {
    try (ModelSource source = open(address)) {
      return ok(source.digest(LIMITS, progress()));
    }
  }

  ModelSource.Fetched fetch(String address, Path folder) {
    try (ModelSource source = open(address)) {
      return ok(source.fetch(folder, LIMITS, progress()));
    }
  }

  /** What a source says that can't be read. */
  String refusal(String address) {
    return switch (Sources.open(address, surroundings)) {
      case Outcome.Failed<ModelSource>(var failure) -> failure.message();
      case Outcome.Ok<ModelSource>(var source) -> {
        try (source) {
          yield assertInstanceOf(Outcome.Failed.class, source.digest(LIMITS, progress()))
              .failure()
              .message();
        }
      }
    };
  }

  static String read(ModelSource source, String path, long offset, int length) {
    var buffer = ByteBuffer.allocate(length);
    int read = ok(source.read(path, offset, buffer));
    return new String(buffer.array(), 0, read, StandardCharsets.UTF_8);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String sha256(String text) {
    return HexFormat.of().formatHex(Staging.sha256().digest(bytes(text)));
  }
}
