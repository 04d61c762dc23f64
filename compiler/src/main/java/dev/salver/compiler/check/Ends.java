package dev.salver.compiler.check;

import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.Optional;

/** The two ends of a range; one value is both, {@code ?} is none. */
public record Ends(Optional<Value> low, Optional<Value> high) {
  public static final Ends OPEN = new Ends(Optional.empty(), Optional.empty());

  /** One replica, where nothing is said of them. */
  public static final Ends ONE = of(new Value.Plain(BigDecimal.ONE));

  public static Ends of(Value value) {
    return switch (value) {
      case Value.Open open -> OPEN;
      case Value.Range range ->
          new Ends(Optional.ofNullable(range.low()), Optional.ofNullable(range.high()));
      default -> new Ends(Optional.of(value), Optional.of(value));
    };
  }
}
