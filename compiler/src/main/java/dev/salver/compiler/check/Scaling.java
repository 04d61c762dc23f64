package dev.salver.compiler.check;

import dev.salver.compiler.value.Value;
import java.util.Optional;

/**
 * How many replicas, and what moves them.
 *
 * @param min empty leaves it to KServe
 * @param max empty leaves it to KServe
 * @param target soft target per replica
 * @param hardLimit requests at once that a replica takes
 * @param windowSeconds over how long demand is averaged
 * @param retentionSeconds how long the last replica stays after the window
 */
public record Scaling(
    Optional<Integer> min,
    Optional<Integer> max,
    Optional<Value.Rate> target,
    Optional<Integer> hardLimit,
    Optional<Long> windowSeconds,
    Optional<Long> retentionSeconds,
    Optional<Long> activation,
    Optional<Long> burst,
    Optional<String> scaler) {
  /** The least of them alone, and nothing that moves it. */
  Scaling fixed() {
    Optional<Integer> only = min.or(() -> max);
    return new Scaling(
        only,
        only,
        Optional.empty(),
        hardLimit,
        windowSeconds,
        retentionSeconds,
        activation,
        burst,
        Optional.empty());
  }

  /** Whether it is always one number of replicas. */
  public boolean isFixed() {
    return min.isPresent() && min.equals(max);
  }
}
