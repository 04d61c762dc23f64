package dev.salver.compiler.cel;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Kubernetes' quantity, as exact as it is written; equal amounts are equal.
 *
 * @param amount without trailing zeros
 */
public record Quantity(BigDecimal amount) implements Comparable<Quantity> {
  private static final Pattern FORM =
      Pattern.compile("([+-]?(?:[0-9]{1,40}(?:\\.[0-9]{0,40})?|\\.[0-9]{1,40}))(.{0,4})");
  private static final Map<String, BigDecimal> SUFFIXES =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("n", BigDecimal.valueOf(1, 9)),
          Map.entry("u", BigDecimal.valueOf(1, 6)),
          Map.entry("m", BigDecimal.valueOf(1, 3)),
          Map.entry("k", BigDecimal.valueOf(1, -3)),
          Map.entry("M", BigDecimal.valueOf(1, -6)),
          Map.entry("G", BigDecimal.valueOf(1, -9)),
          Map.entry("T", BigDecimal.valueOf(1, -12)),
          Map.entry("P", BigDecimal.valueOf(1, -15)),
          Map.entry("E", BigDecimal.valueOf(1, -18)),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
          Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

  public Quantity {
    amount = amount.stripTrailingZeros();
  }

  /** {@code 4Gi}, {@code 500m}, {@code 1e3}; empty where Kubernetes would refuse it. */
  public static Optional<Quantity> read(String text) {
    var matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    var number = new BigDecimal(matcher.group(1));
    String suffix = matcher.group(2);
    BigDecimal factor = SUFFIXES.get(suffix);
    if (factor != null) {
      return Optional.of(new Quantity(number.multiply(factor)));
    }
    return suffix.matches("[eE][+-]?[0-9]{1,2}")
        ? Optional.of(new Quantity(number.scaleByPowerOfTen(Integer.parseInt(suffix.substring(1)))))
        : Optional.empty();
  }

  @Override
  public int compareTo(Quantity other) {
    return amount.compareTo(other.amount);
  }

  /** {@code 4Gi} where a binary unit leaves a short number, {@code 500m}, else the number. */
  @Override
  public String toString() {
    for (String unit : new String[] {"Pi", "Ti", "Gi", "Mi", "Ki"}) {
      BigDecimal factor = SUFFIXES.get(unit);
      if (factor != null
          && amount.abs().compareTo(factor) >= 0
          && amount.remainder(factor).signum() == 0) {
        return amount.divideToIntegralValue(factor).toPlainString() + unit;
      }
    }
    return amount.scale() > 0 && amount.scale() <= 3
        ? amount.movePointRight(3).toPlainString() + "m"
        : amount.toPlainString();
  }
}
