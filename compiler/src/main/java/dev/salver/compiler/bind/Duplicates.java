package dev.salver.compiler.bind;

import dev.salver.compiler.source.Span;

/** Whether a declaration that is there twice says the same both times. */
final class Duplicates {
  private Duplicates() {}

  /**
   * @param copy the later declaration
   * @param name its name
   * @param earlier the name of the declaration before it
   */
  static boolean isCopy(Span copy, Span name, Span earlier) {
    String text = earlier.file().text();
    int start = earlier.start() - (name.start() - copy.start());
    int end = start + copy.text().length();
    return !earlier.file().isLibrary()
        && start >= 0
        && text.startsWith(copy.text(), start)
        && (copy.text().endsWith("}") || endsLine(text, end));
  }

  private static boolean endsLine(String text, int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at == text.length() || text.charAt(at) == '\n' || text.charAt(at) == '\r';
  }
}
