package dev.salver.cli.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What differs between two texts. */
class LineDiffTest {
  @Test
  void equalTextsDifferInNothing() {
    assertEquals(List.of(), LineDiff.of(List.of("a", "b"), List.of("a", "b")));
  }

  @Test
  void aChangeStandsBetweenTheLinesAroundIt() {
    assertEquals(
        List.of("@@ -2 +2 @@", " b", " c", " d", "-e", "+E", " f"),
        LineDiff.of(List.of("a", "b", "c", "d", "e", "f"), List.of("a", "b", "c", "d", "E", "f")));
  }

  @Test
  void whatComesAndGoesGivesBothTextsBack() {
    var random = new SplittableRandom(7);
    for (int round = 0; round < 300; round++) {
      List<String> before = lines(random);
      List<String> after = lines(random);
      var old = new ArrayList<String>();
      var now = new ArrayList<String>();
      for (String line : LineDiff.of(before, after)) {
        if (!line.startsWith("@@")) {
          if (line.charAt(0) != '+') {
            old.add(line.substring(1));
          }
          if (line.charAt(0) != '-') {
            now.add(line.substring(1));
          }
        }
      }
      // Four lines at most, so that all of them are shown where any differ.
      if (!before.equals(after)) {
        assertEquals(before, old);
        assertEquals(after, now);
      }
    }
  }

  private static List<String> lines(SplittableRandom random) {
    var lines = new ArrayList<String>();
    for (int count = random.nextInt(5); count > 0; count--) {
      lines.add(random.nextBoolean() ? "x" : "y");
    }
    return lines;
  }
}
