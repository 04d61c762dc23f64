package dev.salver.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Numbers come out exactly as the JDK's own parsers say. */
final class JsonNumbersTest {

  private static JsonNumbers at(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new JsonCursor(bytes, bytes.length).numbers();
  }

  private static void same(String text) throws Refusal {
    assertEquals(
        Float.floatToRawIntBits(Float.parseFloat(text)),
        Float.floatToRawIntBits(at(text).nextFloat()),
        () -> "float " + text);
    assertEquals(
        Double.doubleToRawLongBits(Double.parseDouble(text)),
        Double.doubleToRawLongBits(at(text).nextDouble()),
        () -> "double " + text);
  }

  @Test
  void floatsThatPeopleAndPythonWriteAreExact() throws Refusal {
    var random = new Random(1);
    for (int i = 0; i < 40_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        same(Float.toString(value));
        same(Double.toString((double) value));
        same(new BigDecimal(random.nextGaussian()).toString());
      }
    }
  }

  @Test
  void floatsAtRoundingEdgesAreExact() throws Refusal {
    var random = new Random(2);
    for (int i = 0; i < 30_000; i++) {
      float value = Math.abs(Float.intBitsToFloat(random.nextInt()));
      if (!Float.isFinite(value) || value == Float.MAX_VALUE) {
        continue;
      }
      var middle =
          new BigDecimal(value).add(new BigDecimal(Math.nextUp(value))).divide(BigDecimal.TWO);
      String digits = middle.toString();
      same(digits);
      same(
          digits.length() < 60 && digits.indexOf('E') < 0
              ? digits + (digits.contains(".") ? "000001" : ".000001")
              : digits);
      same("-" + digits);
    }
  }

  @Test
  void numbersOfAnyShapeAreExact() throws Refusal {
    var random = new Random(3);
    for (int i = 0; i < 40_000; i++) {
      var text = new StringBuilder(random.nextBoolean() ? "-" : "");
      int whole = random.nextInt(25);
      text.append(whole == 0 ? "0" : "" + (1 + random.nextInt(9)));
      for (int k = 1; k < whole; k++) {
        text.append(random.nextInt(4) == 0 ? 0 : random.nextInt(10));
      }
      int fraction = random.nextInt(3) == 0 ? 0 : random.nextInt(30);
      for (int k = 0; k < fraction; k++) {
        text.append(k == 0 ? "." : "").append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
      }
      if (random.nextInt(3) == 0) {
        text.append(random.nextBoolean() ? "e" : "E");
        text.append(new String[] {"", "+", "-"}[random.nextInt(3)]);
        text.append(random.nextInt(60));
      }
      same(text.toString());
    }
    for (String text :
        new String[] {"0", "-0", "0.0", "0e5", "1e400", "-1e400", "1e-400", "1e99999999999"}) {
      same(text);
    }
  }

  @Test
  void integersAreExactToTheLastOfTheir64Bits() throws Refusal {
    var random = new Random(4);
    for (int i = 0; i < 30_000; i++) {
      long value = random.nextLong() >> random.nextInt(64);
      assertEquals(value, at(Long.toString(value)).nextLong(Long.MIN_VALUE, Long.MAX_VALUE));
      assertEquals(value, at(Long.toUnsignedString(value)).nextUnsigned());
    }
    assertEquals(500, at("5e2").nextLong(0, 1000));
    assertEquals(5, at("5.000").nextLong(0, 1000));
    assertEquals(-1, at("18446744073709551615").nextUnsigned());
  }

  @Test
  void integersOutOfRangeAndFractionsAreRefusedWithTheReason() {
    assertEquals("300 is not from -128 to 127", refused("300", -128, 127));
    assertEquals("1.5 is not a whole number", refused("1.5", 0, 9));
    assertEquals("1e999999999 is not a whole number in range", refused("1e999999999", 0, 9));
    String large = BigInteger.TWO.pow(63).toString();
    assertEquals(
        large + " is not from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE,
        refused(large, Long.MIN_VALUE, Long.MAX_VALUE));
    assertThrows(Refusal.class, () -> at("-1").nextUnsigned());
    assertThrows(Refusal.class, () -> at("18446744073709551616").nextUnsigned());
  }

  private static String refused(String text, long low, long high) {
    return assertThrows(Refusal.class, () -> at(text).nextLong(low, high)).reason();
  }
}
