package dev.salver.compiler.syntax;

/** Offsets in UTF-16 units of offsets in code points, asked for in rising order. */
final class UnitOffsets {
  private final String text;
  private int points;
  private int units;

  UnitOffsets(String text) {
    this.text = text;
  }

  int of(int point) {
    if (point < points) {
      points = 0;
      units = 0;
    }
    units = text.offsetByCodePoints(units, point - points);
    points = point;
    return units;
  }
}
