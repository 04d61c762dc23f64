package dev.salver.compiler.value;

import dev.salver.compiler.source.Span;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an expression is worth. Two dimensions never mix: each has a record of its own. */
public sealed interface Value {
  /** What it is, as a sentence needs it: "a size", "a duration". */
  String kind();

  /** A value and where it is written. */
  record Located(Value value, Span span) {}

  record Text(String text) implements Value {
    @Override
    public String kind() {
      return "a text";
    }
  }

  record Bool(boolean value) implements Value {
    @Override
    public String kind() {
      return "`true` or `false`";
    }
  }

  record Plain(BigDecimal value) implements Value {
    @Override
    public String kind() {
      return "a number";
    }
  }

  /** Bytes; {@code text} is how Kubernetes writes it. */
  record Size(BigDecimal bytes, String text) implements Value {
    @Override
    public String kind() {
      return "a size";
    }
  }

  /** Thousandths of a cpu. */
  record Cpu(BigDecimal millis) implements Value {
    @Override
    public String kind() {
      return "a cpu";
    }
  }

  record Duration(BigDecimal millis) implements Value {
    @Override
    public String kind() {
      return "a duration";
    }
  }

  record Percent(BigDecimal percent) implements Value {
    @Override
    public String kind() {
      return "a percentage";
    }
  }

  /** Unit is {@code rps}, {@code concurrent}, {@code %cpu} or {@code %memory}. */
  record Rate(BigDecimal amount, String unit) implements Value {
    @Override
    public String kind() {
      return "a rate";
    }
  }

  /** {@code per} is empty for a sum. */
  record Money(BigDecimal amount, String per) implements Value {
    /** Hours of a month: a year's, divided by 12. */
    public static final int HOURS_A_MONTH = 730;

    /** Dollars an hour, of a price per {@code h}, {@code d} or {@code month}. */
    public Optional<BigDecimal> hourly() {
      return switch (per) {
        case "h" -> Optional.of(amount);
        case "d" -> Optional.of(amount.divide(BigDecimal.valueOf(24), MathContext.DECIMAL64));
        case "month" ->
            Optional.of(amount.divide(BigDecimal.valueOf(HOURS_A_MONTH), MathContext.DECIMAL64));
        default -> Optional.empty();
      };
    }

    @Override
    public String kind() {
      return "money";
    }
  }

  /** A word that names something: a runtime, a mode, a format. */
  record Symbol(String name) implements Value {
    @Override
    public String kind() {
      return "a name";
    }
  }

  /**
   * A key in a Secret of the cluster, never what is in it.
   *
   * @param name as it is declared
   * @param object the Secret's name
   * @param key in the Secret; empty where whoever takes it says which
   */
  record Secret(String name, Span declared, String object, String key) implements Value {
    @Override
    public String kind() {
      return "a secret";
    }
  }

  /** {@code 2..16}; an end is null where it is {@code ?}. */
  record Range(@Nullable Value low, @Nullable Value high) implements Value {
    @Override
    public String kind() {
      return "a range";
    }
  }

  /** {@code l4 * 2}. */
  record Count(Value of, BigDecimal count) implements Value {
    @Override
    public String kind() {
      return "a count";
    }
  }

  record Items(List<Located> items) implements Value {
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String kind() {
      return "a list";
    }
  }

  /** In the order written. */
  record Entries(Map<String, Located> entries) implements Value {
    @Override
    public String kind() {
      return "a map";
    }
  }

  /** {@code ?}: left to KServe. */
  record Open() implements Value {
    @Override
    public String kind() {
      return "`?`";
    }
  }

  record Unset() implements Value {
    @Override
    public String kind() {
      return "`unset`";
    }
  }

  /** An expression that is no plain value, such as a service level objective. */
  record Formula() implements Value {
    @Override
    public String kind() {
      return "a formula";
    }
  }

  /** Nothing, and that was reported already. */
  record Broken() implements Value {
    @Override
    public String kind() {
      return "nothing";
    }
  }
}
