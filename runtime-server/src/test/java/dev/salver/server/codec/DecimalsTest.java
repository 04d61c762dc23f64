package dev.salver.server.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DecimalsTest {
  @Test
  void everyFloatReadsBackAsItselfAndIsNoLongerThanItNeedsToBe() {
    var random = new Random(6);
    for (int i = 0; i < 100_000; i++) {
      float value =
          i % 2 == 0 ? random.nextFloat() * (i % 7) : Float.intBitsToFloat(random.nextInt());
      if (Float.isFinite(value)) {
        check(value);
      }
    }
    for (float value :
        new float[] {
          0f,
          -0f,
          1f,
          -1f,
          0.1f,
          100f,
          999999.9f,
          1e6f,
          1e-5f,
          0.001f,
          123456f,
          Float.MAX_VALUE,
          Float.MIN_VALUE,
          16777216f
        }) {
      check(value);
    }
  }

  private static void check(float value) {
    String text = write(value);
    assertEquals(
        Float.floatToRawIntBits(value), Float.floatToRawIntBits(Float.parseFloat(text)), text);
    assertTrue(digits(text) <= digits(Float.toString(value)), () -> text + " for " + value);
  }

  private static int digits(String text) {
    String mantissa = text.split("E")[0].replace("-", "").replace(".", "").replaceFirst("^0+", "");
    return mantissa.replaceFirst("0+$", "").length();
  }

  @Test
  void whatJsonHasNoNumberForIsNull() {
    assertEquals(
        "null", new String(new JsonOut().number(Float.NaN).bytes(), StandardCharsets.UTF_8));
    assertEquals(
        "null",
        new String(new JsonOut().number(Double.NEGATIVE_INFINITY).bytes(), StandardCharsets.UTF_8));
  }

  private static String write(float value) {
    return new String(new JsonOut().number(value).bytes(), StandardCharsets.UTF_8);
  }
}
