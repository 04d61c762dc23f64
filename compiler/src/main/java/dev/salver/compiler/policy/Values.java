package dev.salver.compiler.policy;

import dev.salver.compiler.cel.Quantity;
import dev.salver.compiler.check.Ends;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values of the compiler as those that expressions work with. */
final class Values {
  private final Map<String, Object> values = new TreeMap<>();

  Values put(String key, Object value) {
    values.put(key, value);
    return this;
  }

  Values put(String key, Optional<?> value) {
    value.ifPresent(each -> values.put(key, each));
    return this;
  }

  Map<String, Object> map() {
    return values;
  }

  static Optional<Object> of(Value value) {
    return switch (value) {
      case Value.Text text -> Optional.of(text.text());
      case Value.Symbol symbol -> Optional.of(symbol.name());
      case Value.Bool bool -> Optional.of(bool.value());
      case Value.Plain number -> Optional.of(number(number.value()));
      case Value.Size size -> Optional.of(new Quantity(size.bytes()));
      case Value.Cpu cpu -> Optional.of(new Quantity(cpu.millis().movePointLeft(3)));
      case Value.Duration duration -> Optional.of(duration(duration.millis().longValue()));
      case Value.Percent percent -> Optional.of(percent.percent().doubleValue());
      case Value.Rate rate -> Optional.of(rate.amount().doubleValue());
      case Value.Money money -> Optional.of(money.hourly().orElse(money.amount()).doubleValue());
      case Value.Items items -> {
        var list = new ArrayList<Object>();
        items.items().forEach(item -> of(item.value()).ifPresent(list::add));
        yield Optional.of(list);
      }
      case Value.Entries entries -> {
        var map = new LinkedHashMap<String, Object>();
        entries.entries().forEach((key, each) -> of(each.value()).ifPresent(v -> map.put(key, v)));
        yield Optional.of(map);
      }
      default -> Optional.empty();
    };
  }

  private static Object number(BigDecimal number) {
    BigDecimal plain = number.stripTrailingZeros();
    if (plain.scale() <= 0 && plain.precision() - plain.scale() <= 18) {
      return plain.longValueExact();
    }
    return number.doubleValue();
  }

  static java.time.Duration duration(long millis) {
    return java.time.Duration.ofMillis(millis);
  }

  /** Ends of a range of cpus, where a plain number counts whole ones, or of sizes. */
  static Map<String, Object> ends(Ends ends) {
    return new Values()
        .put("min", ends.low().map(Values::quantity))
        .put("max", ends.high().map(Values::quantity))
        .map();
  }

  private static Quantity quantity(Value value) {
    return switch (value) {
      case Value.Plain number -> new Quantity(number.value());
      case Value.Cpu cpu -> new Quantity(cpu.millis().movePointLeft(3));
      case Value.Size size -> new Quantity(size.bytes());
      default -> throw new IllegalArgumentException(value.kind());
    };
  }
}
