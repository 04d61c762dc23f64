package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.Span;

/** How much goes with an item that is taken out. */
final class Removal {
  private static final String FINAL = "final";

  private Removal() {}

  static Span of(Span item) {
    String text = item.file().text();
    int start = start(text, item.start());
    int end = closed(text, start, item.end());
    int before = back(text, start);
    int after = forward(text, end);
    boolean firstOfLine = before == 0 || isLineEnd(text.charAt(before - 1));
    boolean lastOfLine = after == text.length() || isLineEnd(text.charAt(after));
    if (after < text.length() && text.charAt(after) == ',') {
      int next = forward(text, after + 1);
      boolean endsLine = next == text.length() || isLineEnd(text.charAt(next));
      return new Span(item.file(), start, endsLine ? after + 1 : next);
    }
    if (firstOfLine && lastOfLine) {
      return new Span(item.file(), before, behindLine(text, after));
    }
    if (before > 0 && text.charAt(before - 1) == ',') {
      return new Span(item.file(), before - 1, end);
    }
    return firstOfLine ? new Span(item.file(), start, after) : new Span(item.file(), before, end);
  }

  private static int start(String text, int at) {
    int word = back(text, at) - FINAL.length();
    boolean isFinal =
        word >= 0
            && text.startsWith(FINAL, word)
            && (word == 0 || !Character.isLetterOrDigit(text.charAt(word - 1)));
    return isFinal ? word : at;
  }

  /** The span of a value in parentheses is that of what is in them. */
  private static int closed(String text, int start, int end) {
    int open = 0;
    for (int i = start; i < end; i++) {
      open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
    }
    int at = end;
    while (open > 0 && forward(text, at) < text.length() && text.charAt(forward(text, at)) == ')') {
      at = forward(text, at) + 1;
      open--;
    }
    return at;
  }

  private static int back(String text, int from) {
    int at = from;
    while (at > 0 && isSpace(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  private static int forward(String text, int from) {
    int at = from;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int behindLine(String text, int at) {
    if (text.startsWith("\r\n", at)) {
      return at + 2;
    }
    return Math.min(text.length(), at + 1);
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
