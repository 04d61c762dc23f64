package dev.salver.kube.rollout;

import dev.salver.kube.Durations;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** How the values of a measure are written. */
public enum Unit {
  /** {@code 0.5%}; the number is 0.5. */
  PERCENT("%"),
  /** {@code 120ms}; the number is milliseconds. */
  DURATION(""),
  /** {@code 40rps}. */
  RATE("rps"),
  /** {@code 0.2}. */
  NUMBER("");

  private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,12}(\\.[0-9]{1,12})?");

  private final String suffix;

  Unit(String suffix) {
    this.suffix = suffix;
  }

  /** The number that a text says; empty where it says none of this unit. */
  public Optional<BigDecimal> read(String text) {
    if (this == DURATION) {
      OptionalLong millis = Durations.millis(text);
      return millis.isPresent()
          ? Optional.of(BigDecimal.valueOf(millis.getAsLong()))
          : Optional.empty();
    }
    if (!text.endsWith(suffix)) {
      return Optional.empty();
    }
    String number = text.substring(0, text.length() - suffix.length());
    return DECIMAL.matcher(number).matches()
        ? Optional.of(new BigDecimal(number))
        : Optional.empty();
  }

  /** The text that says a number; durations are whole milliseconds. */
  public String text(BigDecimal value) {
    return this == DURATION
        ? Durations.text(value.longValueExact())
        : value.stripTrailingZeros().toPlainString() + suffix;
  }
}
