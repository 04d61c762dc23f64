package dev.salver.artifacts.signature;

/** Strangers' words in our sentences. */
final class Words {
  private static final int MAX = 60;

  private Words() {}

  /** On one line, without control characters, and not long. */
  static String brief(String text) {
    return brief(text, MAX);
  }

  static String brief(String text, int max) {
    var out = new StringBuilder();
    int count = 0;
    for (int i = 0; i < text.length() && count <= max; count++) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (count == max) {
        out.append("...");
      } else {
        boolean plain = !Character.isISOControl(c) && Character.getType(c) != Character.FORMAT;
        out.appendCodePoint(plain && Character.isDefined(c) ? c : '\ufffd');
      }
    }
    return out.toString();
  }
}
