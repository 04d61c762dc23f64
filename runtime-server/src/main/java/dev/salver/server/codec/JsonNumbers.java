package dev.salver.server.codec;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Numbers of JSON, exact: what comes out is what {@link Float#parseFloat}, {@link
 * Double#parseDouble} and {@link Long} would say. Most numbers never become text: eight digits are
 * read at once, a power of ten is applied in double arithmetic, and only where rounding could go
 * either way the slow parsers decide.
 */
final class JsonNumbers {
  /** Digits, sign, point and exponent; longer ones are refused. */
  static final int MAX_LENGTH = 4096;

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final double[] TENS = new double[23];
  private static final int MAX_EXPONENT = 100_000;

  /** Floats below it are subnormal or next to it; above the other they overflow. */
  private static final double MIN_FLOAT = 0x1.000002p-126;

  private static final double MAX_FLOAT = 0x1.fffffep127;

  static {
    double power = 1;
    for (int i = 0; i < TENS.length; i++) {
      TENS[i] = power;
      power *= 10;
    }
  }

  private final JsonCursor in;
  private int start;
  private boolean negative;
  private boolean whole;
  private boolean exact;
  private long digits;
  private int exponent;

  JsonNumbers(JsonCursor in) {
    this.in = in;
  }

  /** Goes past one number. */
  void skip() throws Refusal {
    scan();
  }

  float nextFloat() throws Refusal {
    scan();
    if (digits == 0 && exact) {
      return negative ? -0f : 0f;
    }
    if (exponent >= -22 && exponent <= 22) {
      double d = scaled();
      long low = Double.doubleToRawLongBits(d) & 0x1fff_ffffL;
      long fromMidpoint = Math.abs(low - 0x1000_0000L);
      if (fromMidpoint > 4 && d > MIN_FLOAT && d < MAX_FLOAT) {
        return negative ? (float) -d : (float) d;
      }
    }
    return Float.parseFloat(text());
  }

  double nextDouble() throws Refusal {
    scan();
    if (digits == 0 && exact) {
      return negative ? -0d : 0d;
    }
    if (exact && digits < 1L << 53 && exponent >= -22 && exponent <= 22) {
      double d = scaled();
      return negative ? -d : d;
    }
    return Double.parseDouble(text());
  }

  /** The number as an integer from {@code low} to {@code high}, or a refusal that says why not. */
  long nextLong(long low, long high) throws Refusal {
    scan();
    if (whole && exact) {
      long value = negative ? -digits : digits;
      if (value < low || value > high) {
        throw Refusal.value(text() + " is not from " + low + " to " + high);
      }
      return value;
    }
    BigDecimal value = decimal();
    if (value.compareTo(BigDecimal.valueOf(low)) < 0
        || value.compareTo(BigDecimal.valueOf(high)) > 0) {
      throw Refusal.value(text() + " is not from " + low + " to " + high);
    }
    return value.longValueExact();
  }

  private static final BigDecimal MAX_UNSIGNED = new BigDecimal("18446744073709551615");

  /** The number as an unsigned integer of 64 bits. */
  long nextUnsigned() throws Refusal {
    scan();
    if (whole && exact && (!negative || digits == 0)) {
      return digits;
    }
    BigDecimal value = decimal();
    if (value.signum() < 0 || value.compareTo(MAX_UNSIGNED) > 0) {
      throw Refusal.value(text() + " is not from 0 to " + MAX_UNSIGNED);
    }
    return value.toBigIntegerExact().longValue();
  }

  /** The value where it is a whole number of sensible size. */
  private BigDecimal decimal() throws Refusal {
    if (exponent > 40 || exponent < -MAX_LENGTH) {
      throw Refusal.value(text() + " is not a whole number in range");
    }
    BigDecimal value = new BigDecimal(text());
    if (value.signum() != 0 && value.stripTrailingZeros().scale() > 0) {
      throw Refusal.value(text() + " is not a whole number");
    }
    return value.setScale(0);
  }

  /** Of at most 18 digits: off the true value by two units in the last place at most. */
  private double scaled() {
    return exponent < 0 ? digits / TENS[-exponent] : digits * TENS[exponent];
  }

  private String text() {
    return new String(in.bytes(), start, in.at() - start, StandardCharsets.ISO_8859_1);
  }

  /** Reads sign, digits and exponent of the number at the cursor and goes past it. */
  private void scan() throws Refusal {
    byte[] bytes = in.bytes();
    int end = in.end();
    start = in.at();
    int i = start;
    negative = i < end && bytes[i] == '-';
    if (negative) {
      i++;
    }
    digits = 0;
    exponent = 0;
    exact = true;
    whole = true;
    int first = i;
    if (i < end && bytes[i] == '0') {
      i++;
    } else {
      i = run(bytes, i, end, false);
    }
    if (i == first) {
      throw in.unexpected("a value");
    }
    if (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      throw Refusal.malformed("a number with a leading zero", start);
    }
    if (i < end && bytes[i] == '.') {
      whole = false;
      int fraction = i + 1;
      i = run(bytes, fraction, end, true);
      if (i == fraction) {
        throw Refusal.malformed("a number that ends in its point", start);
      }
    }
    if (i < end && (bytes[i] | 0x20) == 'e') {
      whole = false;
      i = power(bytes, i + 1, end);
    }
    in.to(i);
    if (i - start > MAX_LENGTH) {
      throw Refusal.malformed("a number longer than " + MAX_LENGTH + " characters", start);
    }
  }

  private int run(byte[] bytes, int from, int end, boolean fraction) {
    int i = from;
    while (i + 8 <= end && digits < 10_000_000_000L) {
      long eight = (long) EIGHT.get(bytes, i);
      if (!allDigits(eight)) {
        break;
      }
      digits = digits * 100_000_000L + value(eight);
      i += 8;
      exponent -= fraction ? 8 : 0;
    }
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      if (digits < 100_000_000_000_000_000L) {
        digits = digits * 10 + (bytes[i] - '0');
        exponent -= fraction ? 1 : 0;
      } else {
        exact &= bytes[i] == '0' && fraction;
        exponent += fraction ? 0 : 1;
      }
      i++;
    }
    return i;
  }

  private int power(byte[] bytes, int from, int end) throws Refusal {
    int i = from;
    boolean down = i < end && bytes[i] == '-';
    if (i < end && (bytes[i] == '-' || bytes[i] == '+')) {
      i++;
    }
    int first = i;
    int power = 0;
    while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
      power = Math.min(power * 10 + (bytes[i] - '0'), MAX_EXPONENT);
      i++;
    }
    if (i == first) {
      throw Refusal.malformed("a number without its exponent", start);
    }
    exponent += down ? -power : power;
    return i;
  }

  private static boolean allDigits(long eight) {
    return ((eight & 0xf0f0f0f0f0f0f0f0L)
            | ((eight + 0x0606060606060606L & 0xf0f0f0f0f0f0f0f0L) >>> 4))
        == 0x3333333333333333L;
  }

  /** Eight digits, the first in the lowest byte: pairs, then fours, then the eight. */
  private static int value(long eight) {
    long pairs = ((eight & 0x0f0f0f0f0f0f0f0fL) * ((10 << 8) | 1)) >>> 8;
    long fours = ((pairs & 0x00ff00ff00ff00ffL) * ((100 << 16) | 1)) >>> 16;
    return (int) (((fours & 0x0000ffff0000ffffL) * ((10_000L << 32) | 1)) >>> 32);
  }
}
