package dev.salver.kube;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Kubernetes quantity such as {@code 500m} or {@code 2Gi}.
 *
 * @param format how it was written, which its canonical form keeps
 */
public record Quantity(BigDecimal value, Format format) implements Comparable<Quantity> {
  /** The three ways to write one. */
  public enum Format {
    BINARY,
    DECIMAL,
    EXPONENT
  }

  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:\\d{1,40}(?:\\.\\d{0,40})?|\\.\\d{1,40}))"
              + "(?:([KMGTPE]i)|([numkMGTPE]?)|[eE]([+-]?\\d{1,3}))");
  private static final String BINARY_UNITS = "KMGTPE";
  private static final String DECIMAL_UNITS = "num kMGTPE";

  /** Reads a quantity; empty where the text is none. */
  public static Optional<Quantity> parse(String text) {
    Matcher match = FORM.matcher(text.strip());
    if (!match.matches()) {
      return Optional.empty();
    }
    BigDecimal number = new BigDecimal(match.group(1));
    if (match.group(2) != null) {
      int power = BINARY_UNITS.indexOf(match.group(2).charAt(0)) + 1;
      return Optional.of(
          new Quantity(
              number.multiply(new BigDecimal(BigInteger.TWO.pow(10 * power))), Format.BINARY));
    }
    if (match.group(4) != null) {
      int exponent = Integer.parseInt(match.group(4));
      return Optional.of(new Quantity(number.scaleByPowerOfTen(exponent), Format.EXPONENT));
    }
    String unit = match.group(3) == null ? "" : match.group(3);
    int power = unit.isEmpty() ? 0 : 3 * (DECIMAL_UNITS.indexOf(unit) - 3);
    return Optional.of(new Quantity(number.scaleByPowerOfTen(power), Format.DECIMAL));
  }

  /** The text as an API server writes it back; text that is no quantity stays as it is. */
  public static String canonical(String text) {
    return parse(text).map(Quantity::toString).orElse(text);
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  /** Equal amounts are equal, however they are written. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Quantity quantity && value.compareTo(quantity.value) == 0;
  }

  @Override
  public int hashCode() {
    return value.stripTrailingZeros().hashCode();
  }

  /** The canonical form: no fraction, the largest unit that loses nothing. */
  @Override
  public String toString() {
    if (value.signum() == 0) {
      return "0";
    }
    boolean small = value.abs().compareTo(BigDecimal.valueOf(1024)) < 0;
    return format == Format.BINARY && !small ? binary() : decimal();
  }

  private String binary() {
    BigInteger left = value.setScale(0, RoundingMode.UP).toBigInteger();
    int power = 0;
    while (power < BINARY_UNITS.length() && left.getLowestSetBit() >= 10) {
      left = left.shiftRight(10);
      power++;
    }
    return left + (power == 0 ? "" : BINARY_UNITS.charAt(power - 1) + "i");
  }

  private String decimal() {
    BigDecimal nano = value.setScale(9, RoundingMode.UP);
    BigInteger left = nano.unscaledValue();
    int power = -9;
    BigInteger thousand = BigInteger.valueOf(1000);
    while (power < 18 && left.mod(thousand).signum() == 0) {
      left = left.divide(thousand);
      power += 3;
    }
    if (format == Format.EXPONENT) {
      return left + (power == 0 ? "" : "e" + power);
    }
    return left + (power == 0 ? "" : String.valueOf(DECIMAL_UNITS.charAt(power / 3 + 3)));
  }
}
