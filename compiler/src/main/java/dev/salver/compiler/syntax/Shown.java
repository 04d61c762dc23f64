package dev.salver.compiler.syntax;

/** How hostile or invisible characters are shown in a message. */
final class Shown {
  private static final int MAX = 40;

  private Shown() {}

  static String character(int codePoint) {
    return Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.FORMAT
        ? "the character U+" + Integer.toHexString(0x10000 | codePoint).substring(1)
        : "`" + Character.toString(codePoint) + "`";
  }

  /** A piece of text in backquotes, on one line and not too long. */
  static String text(String text) {
    int end = text.offsetByCodePoints(0, Math.min(MAX, text.codePointCount(0, text.length())));
    String cut = text.substring(0, end).replace('\n', ' ').replace('\r', ' ').replace('\t', ' ');
    return "`" + cut + (end < text.length() ? "…" : "") + "`";
  }
}
