package dev.salver.kube.rollout;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is measured of one side's requests since the step began.
 *
 * @param argument the output of {@code drift}, the PromQL of {@code query}; empty for the others
 */
public record Measure(Kind kind, String argument) {
  public static Measure of(Kind kind) {
    return new Measure(kind, "");
  }

  /** What there is to measure. */
  public enum Kind {
    /** Share of requests with a status of 500 or more, or none at all. */
    ERRORS(Unit.PERCENT),
    /** Half of the requests are answered within. */
    P50(Unit.DURATION),
    P90(Unit.DURATION),
    P95(Unit.DURATION),
    P99(Unit.DURATION),
    /** Requests per second. */
    RPS(Unit.RATE),
    /** Population stability index of an output's values against those of the stable side. */
    DRIFT(Unit.NUMBER),
    /** The one number that a Prometheus query gives. */
    QUERY(Unit.NUMBER);

    private final Unit unit;

    Kind(Unit unit) {
      this.unit = unit;
    }

    public Unit unit() {
      return unit;
    }

    /** Whether it is measured of something that has to be named. */
    public boolean takesArgument() {
      return this == DRIFT || this == QUERY;
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> of(String word) {
      return Stream.of(values()).filter(each -> each.word().equals(word)).findFirst();
    }
  }

  /** {@code p99}, {@code drift(score)}. */
  @Override
  public String toString() {
    return argument.isEmpty() ? kind.word() : kind.word() + "(" + argument + ")";
  }
}
