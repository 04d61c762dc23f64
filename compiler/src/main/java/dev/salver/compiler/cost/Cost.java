package dev.salver.compiler.cost;

import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Dollars an hour, at the fewest and at the most replicas. What is not known is empty, and never
 * zero.
 */
public record Cost(Optional<BigDecimal> least, Optional<BigDecimal> most) {
  /** Of what has no accelerator. */
  public static final Cost NOTHING =
      new Cost(Optional.of(BigDecimal.ZERO), Optional.of(BigDecimal.ZERO));

  public static final Cost UNKNOWN = new Cost(Optional.empty(), Optional.empty());

  public Cost plus(Cost other) {
    return new Cost(sum(least, other.least), sum(most, other.most));
  }

  /** The same for a month of 730 hours. */
  public Cost monthly() {
    var hours = BigDecimal.valueOf(Value.Money.HOURS_A_MONTH);
    return new Cost(least.map(hours::multiply), most.map(hours::multiply));
  }

  public boolean isKnown() {
    return least.isPresent() && most.isPresent();
  }

  public boolean isNothing() {
    return most.filter(dollars -> dollars.signum() == 0).isPresent();
  }

  private static Optional<BigDecimal> sum(Optional<BigDecimal> a, Optional<BigDecimal> b) {
    return a.isPresent() && b.isPresent() ? Optional.of(a.get().add(b.get())) : Optional.empty();
  }

  /** {@code $518.30}, {@code $518.30..$1036.60}, {@code $518.30..?}, {@code ?}. */
  @Override
  public String toString() {
    if (least.isEmpty() && most.isEmpty()) {
      return "?";
    }
    String low = least.map(Cost::dollars).orElse("?");
    String high = most.map(Cost::dollars).orElse("?");
    return low.equals(high) ? low : low + ".." + high;
  }

  /**
   * {@code {"least": 518.30, "most": 1036.60}}, in dollars; an end that is not known is left out.
   */
  public String json() {
    var ends = new ArrayList<String>();
    least.ifPresent(amount -> ends.add("\"least\": " + cents(amount).toPlainString()));
    most.ifPresent(amount -> ends.add("\"most\": " + cents(amount).toPlainString()));
    return "{" + String.join(", ", ends) + "}";
  }

  private static BigDecimal cents(BigDecimal amount) {
    return amount.setScale(2, RoundingMode.HALF_UP);
  }

  private static String dollars(BigDecimal amount) {
    BigDecimal cents = cents(amount);
    return "$" + (cents.stripTrailingZeros().scale() <= 0 ? cents.toBigInteger() : cents);
  }
}
