package dev.salver.compiler.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code + - * / %} on quantities: the dimension of the result follows from those of the operands.
 * Numbers are decimal, so that {@code 7 / 2} is 3.5, and have at most 34 digits after a division.
 */
final class Arithmetic {
  private static final int MAX_DIGITS = 60;
  private static final int MAX_ITEMS = 10_000;
  private static final String[] UNITS = {"", "Ki", "Mi", "Gi", "Ti", "Pi"};

  private Arithmetic() {}

  /** Why there is no result. */
  enum Problem {
    OPERANDS,
    ZERO,
    LARGE
  }

  /** Either a value or a problem. */
  record Result(@Nullable Value value, @Nullable Problem problem) {
    static Result of(Value value) {
      return new Result(value, null);
    }

    static Result not(Problem problem) {
      return new Result(null, problem);
    }
  }

  static Result apply(String operator, Value left, Value right) {
    return switch (operator) {
      case "+" -> plus(left, right);
      case "-" -> sameKind(left, right) ? amount(left, of(left).subtract(of(right))) : mixed();
      case "*" -> times(left, right);
      case "/" -> divided(left, right);
      default -> rest(left, right);
    };
  }

  private static Result mixed() {
    return Result.not(Problem.OPERANDS);
  }

  private static Result plus(Value left, Value right) {
    if (left instanceof Value.Text a && right instanceof Value.Text b) {
      return a.text().length() + b.text().length() > Texts.MAX_TEXT
          ? Result.not(Problem.LARGE)
          : Result.of(new Value.Text(a.text() + b.text()));
    }
    if (left instanceof Value.Items a && right instanceof Value.Items b) {
      List<Value.Located> all = new ArrayList<>(a.items());
      all.addAll(b.items());
      return all.size() > MAX_ITEMS ? Result.not(Problem.LARGE) : Result.of(new Value.Items(all));
    }
    return sameKind(left, right) ? amount(left, of(left).add(of(right))) : mixed();
  }

  private static Result times(Value left, Value right) {
    if (right instanceof Value.Plain(BigDecimal factor) && isAmount(left)) {
      return amount(left, of(left).multiply(factor));
    }
    return left instanceof Value.Plain(BigDecimal factor) && isAmount(right)
        ? amount(right, of(right).multiply(factor))
        : mixed();
  }

  private static Result divided(Value left, Value right) {
    boolean byNumber = right instanceof Value.Plain && isAmount(left);
    if (!byNumber && !sameKind(left, right)) {
      return mixed();
    }
    if (of(right).signum() == 0) {
      return Result.not(Problem.ZERO);
    }
    BigDecimal quotient = of(left).divide(of(right), MathContext.DECIMAL128);
    return amount(byNumber ? left : new Value.Plain(quotient), quotient);
  }

  private static Result rest(Value left, Value right) {
    if (!(left instanceof Value.Plain(BigDecimal a)
        && right instanceof Value.Plain(BigDecimal b))) {
      return mixed();
    }
    return b.signum() == 0 ? Result.not(Problem.ZERO) : amount(left, a.remainder(b));
  }

  /** {@code -x}; null where there is none. */
  static @Nullable Value negative(Value value) {
    return isAmount(value) ? amount(value, of(value).negate()).value() : null;
  }

  static boolean isAmount(Value value) {
    return switch (value) {
      case Value.Plain number -> true;
      case Value.Size size -> true;
      case Value.Cpu cpu -> true;
      case Value.Duration duration -> true;
      case Value.Percent percent -> true;
      case Value.Rate rate -> true;
      case Value.Money money -> true;
      default -> false;
    };
  }

  /** Whether two amounts can be added and compared. */
  static boolean sameKind(Value left, Value right) {
    return isAmount(left)
        && left.getClass() == right.getClass()
        && (!(left instanceof Value.Rate a && right instanceof Value.Rate b)
            || a.unit().equals(b.unit()))
        && (!(left instanceof Value.Money c && right instanceof Value.Money d)
            || c.per().equals(d.per()));
  }

  /** In the smallest unit of its dimension. */
  static BigDecimal of(Value value) {
    return switch (value) {
      case Value.Plain number -> number.value();
      case Value.Size size -> size.bytes();
      case Value.Cpu cpu -> cpu.millis();
      case Value.Duration duration -> duration.millis();
      case Value.Percent percent -> percent.percent();
      case Value.Rate rate -> rate.amount();
      case Value.Money money -> money.amount();
      default -> throw new IllegalArgumentException(value.kind());
    };
  }

  private static Result amount(Value like, BigDecimal amount) {
    if (amount.precision() > MAX_DIGITS || Math.abs(amount.scale()) > MAX_DIGITS) {
      return Result.not(Problem.LARGE);
    }
    BigDecimal exact = plain(amount);
    return Result.of(
        switch (like) {
          case Value.Size size -> new Value.Size(exact, size(exact));
          case Value.Cpu cpu -> new Value.Cpu(exact);
          case Value.Duration duration -> new Value.Duration(exact);
          case Value.Percent percent -> new Value.Percent(exact);
          case Value.Rate rate -> new Value.Rate(exact, rate.unit());
          case Value.Money money -> new Value.Money(exact, money.per());
          default -> new Value.Plain(exact);
        });
  }

  /** Without zeros at its end, and never with an exponent. */
  private static BigDecimal plain(BigDecimal amount) {
    BigDecimal stripped = amount.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /** As Kubernetes writes it: in the largest unit that leaves a whole number. */
  private static String size(BigDecimal bytes) {
    if (bytes.scale() > 0) {
      return bytes.toPlainString();
    }
    BigInteger amount = bytes.toBigIntegerExact();
    int unit = 0;
    while (unit < UNITS.length - 1 && amount.signum() != 0 && (amount.intValue() & 1023) == 0) {
      amount = amount.shiftRight(10);
      unit++;
    }
    return amount + UNITS[unit];
  }
}
