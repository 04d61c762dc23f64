package dev.salver.compiler.check;

import dev.salver.compiler.type.Dimension;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Which constants are of an element type, or of a dimension. */
public final class Elements {
  private Elements() {}

  public static boolean holds(Element element, Value value) {
    return switch (element) {
      case STRING, BYTES -> value instanceof Value.Text;
      case BOOL -> value instanceof Value.Bool;
      case F16, BF16, F32, F64 -> value instanceof Value.Plain;
      case U8, U16, U32, U64, I8, I16, I32, I64 ->
          value instanceof Value.Plain(BigDecimal number) && isWhole(number, element.word());
    };
  }

  public static boolean holds(Dimension dimension, Value value) {
    return switch (dimension) {
      case SIZE -> value instanceof Value.Size;
      case CPU -> value instanceof Value.Cpu || value instanceof Value.Plain;
      case DURATION -> value instanceof Value.Duration;
      case PERCENT -> value instanceof Value.Percent;
      case RATE -> value instanceof Value.Rate;
      case MONEY -> value instanceof Value.Money;
    };
  }

  private static boolean isWhole(BigDecimal number, String type) {
    if (number.stripTrailingZeros().scale() > 0 || number.precision() > 30) {
      return false;
    }
    int bits = Integer.parseInt(type.substring(1));
    BigInteger whole = number.toBigInteger();
    return type.startsWith("u")
        ? whole.signum() >= 0 && whole.bitLength() <= bits
        : whole.bitLength() < bits;
  }
}
