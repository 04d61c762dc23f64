package dev.salver.kube.rollout;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What must hold of the new revision: {@code measure operator times * stable.measure + value}.
 *
 * @param stable what it is compared with; null for a value alone
 * @param value in the measure's unit; beside {@code stable} it is added
 * @param message told when it fails; empty for none
 */
public record Gate(
    Measure measure, Operator operator, @Nullable Stable stable, BigDecimal value, String message) {

  /** A measure of the stable side, times a factor. */
  public record Stable(Measure measure, BigDecimal times) {}

  /** How a measure is compared. */
  public enum Operator {
    LESS("<"),
    AT_MOST("<="),
    MORE(">"),
    AT_LEAST(">=");

    private final String sign;

    Operator(String sign) {
      this.sign = sign;
    }

    public String sign() {
      return sign;
    }

    public static Optional<Operator> of(String sign) {
      return Stream.of(values()).filter(each -> each.sign.equals(sign)).findFirst();
    }

    /** The same comparison with its sides changed. */
    public Operator turned() {
      return switch (this) {
        case LESS -> MORE;
        case AT_MOST -> AT_LEAST;
        case MORE -> LESS;
        case AT_LEAST -> AT_MOST;
      };
    }

    boolean holds(BigDecimal left, BigDecimal right) {
      int order = left.compareTo(right);
      return switch (this) {
        case LESS -> order < 0;
        case AT_MOST -> order <= 0;
        case MORE -> order > 0;
        case AT_LEAST -> order >= 0;
      };
    }
  }

  /** What is known of both sides; empty where nothing is. */
  @FunctionalInterface
  public interface Measured {
    /**
     * @param stable of the stable side, else of the new one
     */
    Optional<BigDecimal> of(Measure measure, boolean stable);
  }

  /** Whether it holds; empty without data of either side. */
  public Optional<Boolean> verdict(Measured measured) {
    Optional<BigDecimal> limit =
        stable == null
            ? Optional.of(value)
            : measured
                .of(stable.measure(), true)
                .map(base -> base.multiply(stable.times()).add(value));
    Optional<BigDecimal> left = measured.of(measure, false);
    return left.isPresent() && limit.isPresent()
        ? Optional.of(operator.holds(left.get(), limit.get()))
        : Optional.empty();
  }

  /** {@code p99 < 1.1 * stable.p99 + 20ms}. */
  @Override
  public String toString() {
    String said = measure.kind().unit().text(value);
    if (stable == null) {
      return measure + " " + operator.sign() + " " + said;
    }
    boolean one = stable.times().compareTo(BigDecimal.ONE) == 0;
    return measure
        + " "
        + operator.sign()
        + " "
        + (one ? "" : stable.times().stripTrailingZeros().toPlainString() + " * ")
        + "stable."
        + stable.measure()
        + (value.signum() == 0 ? "" : " + " + said);
  }
}
