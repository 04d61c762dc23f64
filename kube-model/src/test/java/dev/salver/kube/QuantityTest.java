package dev.salver.kube;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource({
    "1000m, 1",
    "0.5, 500m",
    "1.5Gi, 1536Mi",
    "2048Mi, 2Gi",
    "1000M, 1G",
    "100m, 100m",
    "0, 0",
    "0Gi, 0",
    "512, 512",
    "1e3, 1e3",
    "0.0001, 100u",
    "1Ki, 1Ki",
    "not one, not one"
  })
  void isWrittenAsTheApiServerWritesIt(String given, String expected) {
    assertEquals(expected, Quantity.canonical(given));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Gi", "1 Gi", "1Qi", "--1", "1e", "1e9999", "0x10"})
  void whatIsNoQuantityIsNotRead(String text) {
    assertTrue(Quantity.parse(text).isEmpty());
  }

  @Property
  void theCanonicalFormIsTheSameAmountAndStaysAsItIs(
      @ForAll @IntRange(min = -100000, max = 100000) int number,
      @ForAll @IntRange(min = 0, max = 8) int unit) {
    String text = number + new String[] {"", "m", "u", "k", "M", "Ki", "Mi", "Gi", "e3"}[unit];
    String canonical = Quantity.canonical(text);
    assertEquals(Quantity.parse(text), Quantity.parse(canonical));
    assertEquals(canonical, Quantity.canonical(canonical));
  }
}
