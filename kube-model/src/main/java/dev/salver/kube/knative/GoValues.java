package dev.salver.kube.knative;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers and durations as annotations spell them: in the forms that Go reads. */
public final class GoValues {
  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");
  private static final Pattern INTEGER = Pattern.compile("[+-]?\\d+");
  private static final Pattern PART =
      Pattern.compile("(\\d{1,18}\\.?\\d{0,18}|\\.\\d{1,18})(ns|us|µs|μs|ms|s|m|h)");
  private static final BigDecimal MOST = new BigDecimal(Long.MAX_VALUE);
  private static final int LONGEST = 200;

  private GoValues() {}

  public static OptionalDouble number(String text) {
    return text.length() <= LONGEST && FLOAT.matcher(text).matches()
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  /** A whole number of any size, or empty where the text is none. */
  public static Optional<BigDecimal> integer(String text) {
    return text.length() <= LONGEST && INTEGER.matcher(text).matches()
        ? Optional.of(new BigDecimal(text))
        : Optional.empty();
  }

  /** {@code 1h30m}, {@code 0.5s}, {@code 0}. */
  public static Optional<Duration> duration(String text) {
    String rest = text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    if (rest.equals("0")) {
      return Optional.of(Duration.ZERO);
    }
    if (rest.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    BigDecimal nanos = BigDecimal.ZERO;
    Matcher part = PART.matcher(rest);
    int at = 0;
    while (at < rest.length() && part.region(at, rest.length()).lookingAt()) {
      String digits = "0" + part.group(1) + (part.group(1).contains(".") ? "0" : "");
      nanos = nanos.add(new BigDecimal(digits).multiply(unit(part.group(2))));
      at = part.end();
    }
    if (at < rest.length() || nanos.compareTo(MOST) > 0) {
      return Optional.empty();
    }
    Duration duration = Duration.ofNanos(nanos.longValue());
    return Optional.of(text.startsWith("-") ? duration.negated() : duration);
  }

  static boolean isWholeSeconds(Duration duration) {
    return duration.equals(duration.truncatedTo(ChronoUnit.SECONDS));
  }

  private static BigDecimal unit(String name) {
    return BigDecimal.valueOf(
        switch (name) {
          case "ns" -> 1L;
          case "ms" -> 1_000_000L;
          case "s" -> 1_000_000_000L;
          case "m" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          default -> 1_000L;
        });
  }
}
