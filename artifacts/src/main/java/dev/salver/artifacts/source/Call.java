package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Staging.Stop;
import java.io.InterruptedIOException;
import java.time.Duration;

/** One call of a source: its deadline, its limits, and who hears of it. */
final class Call {
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  private final ModelSource.Limits limits;
  private final Progress progress;
  private final Surroundings surroundings;
  private final long start = System.nanoTime();

  Call(ModelSource.Limits limits, Progress progress, Surroundings surroundings) {
    this.limits = limits;
    this.progress = progress;
    this.surroundings = surroundings;
  }

  ModelSource.Limits limits() {
    return limits;
  }

  Progress progress() {
    return progress;
  }

  /** Stops a call that takes longer than allowed. */
  void check(String address) throws Stop {
    if (spent().compareTo(limits.total()) > 0) {
      throw late(address);
    }
  }

  private Duration spent() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private Stop late(String address) {
    return new Stop(
        new Failure.NotReadable(
            address, "it did not come within " + limits.total().toSeconds() + " s"));
  }

  static boolean isLast(int attempt) {
    return attempt >= ATTEMPTS;
  }

  /**
   * Waits before another attempt: 0.2 s, 0.8 s, 3.2 s, or as long as the other side asks.
   *
   * @param attempt those that failed so far
   */
  void retry(String address, String reason, int attempt, Duration asked)
      throws Stop, InterruptedIOException {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << (2 * (attempt - 1)));
    pause = asked.compareTo(pause) > 0 ? asked : pause;
    pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    if (spent().plus(pause).compareTo(limits.total()) > 0) {
      throw late(address);
    }
    progress.retrying(address, reason, pause);
    try {
      surroundings.pauses().pause(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped while waiting for another attempt");
    }
  }
}
