package dev.salver.compiler.diagnostic;

/** Text as it may reach a terminal, which obeys control characters. */
final class Shown {
  private static final int REPLACEMENT = 0xFFFD;

  private Shown() {}

  /** Without line ends, and without anything else that a terminal would obey but a tab. */
  static String onOneLine(String text) {
    return text.codePoints()
        .map(Shown::point)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static int point(int point) {
    boolean obeyed =
        (Character.isISOControl(point) && point != '\t')
            || Character.getType(point) == Character.FORMAT;
    return obeyed ? REPLACEMENT : point;
  }
}
