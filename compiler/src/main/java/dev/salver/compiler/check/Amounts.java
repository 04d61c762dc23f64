package dev.salver.compiler.check;

import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Numbers inside values, and how Kubernetes writes them. */
public final class Amounts {
  private static final BigDecimal THOUSAND = BigDecimal.valueOf(1000);

  private Amounts() {}

  /** The number to compare values of one kind by; a plain number counts as whole cpus. */
  static BigDecimal of(Value value) {
    return switch (value) {
      case Value.Plain number -> number.value().multiply(THOUSAND);
      case Value.Cpu cpu -> cpu.millis();
      case Value.Size size -> size.bytes();
      case Value.Duration duration -> duration.millis();
      default -> throw new IllegalArgumentException(value.kind());
    };
  }

  static boolean isWhole(BigDecimal value, long low, long high) {
    return value.stripTrailingZeros().scale() <= 0
        && value.compareTo(BigDecimal.valueOf(low)) >= 0
        && value.compareTo(BigDecimal.valueOf(high)) <= 0;
  }

  /** {@code 500m}, or {@code 2} for whole cpus: the form that Kubernetes stores. */
  public static String cpu(Value value) {
    long millis = of(value).longValueExact();
    return millis % 1000 == 0 ? Long.toString(millis / 1000) : millis + "m";
  }

  /**
   * {@code 4Gi}, in the largest unit that leaves a whole number: the form that Kubernetes stores.
   */
  public static String size(Value.Size size) {
    var bytes = size.bytes().toBigIntegerExact();
    String[] units = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};
    var step = BigInteger.valueOf(1024);
    int unit = 0;
    while (unit < units.length - 1 && bytes.mod(step).signum() == 0) {
      bytes = bytes.divide(step);
      unit++;
    }
    return bytes + units[unit];
  }

  /** {@code 90s}, {@code 5min}, {@code 2h}, as the language writes it. */
  static String duration(long millis) {
    if (millis % 3_600_000 == 0) {
      return millis / 3_600_000 + "h";
    }
    if (millis % 60_000 == 0) {
      return millis / 60_000 + "min";
    }
    return millis % 1000 == 0 ? millis / 1000 + "s" : millis + "ms";
  }
}
