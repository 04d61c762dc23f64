package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.Span;

/** How much goes with an item that is taken out: its comma, its line, what documents it. */
final class Removal {
  private static final String FINAL = "final";

  private Removal() {}

  /** What is left of braces that held just this is {@code { }}. */
  static Edit edit(Span item) {
    String text = item.file().text();
    int start = start(text, item.start());
    int end = closed(text, start, item.end());
    int open = backOverLines(text, start);
    int close = forwardOverLines(text, end);
    boolean alone =
        open > 0
            && text.charAt(open - 1) == '{'
            && close < text.length()
            && text.charAt(close) == '}';
    return alone ? new Edit(new Span(item.file(), open, close), " ") : new Edit(of(item), "");
  }

  private static Span of(Span item) {
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
      int first = docs(text, before);
      int behind = behindLine(text, after);
      return forwardOverLines(text, behind) == text.length()
          ? new Span(item.file(), belowText(text, first), text.length())
          : new Span(item.file(), first, behindGap(text, first, behind));
    }
    if (before > 0 && text.charAt(before - 1) == ',') {
      return new Span(item.file(), before - 1, end);
    }
    return firstOfLine ? new Span(item.file(), start, after) : new Span(item.file(), before, end);
  }

  /** Grown to the sections around it that hold nothing else, each {@code key { … }}. */
  static Span withSections(Span item) {
    Span grown = item;
    Span outer = section(grown);
    while (!outer.equals(grown)) {
      grown = outer;
      outer = section(grown);
    }
    return grown;
  }

  /** The section whose braces hold just this; the same where there is none. */
  private static Span section(Span item) {
    String text = item.file().text();
    int open = backOverLines(text, item.start());
    int close = forwardOverLines(text, item.end());
    boolean alone = open > 0 && text.charAt(open - 1) == '{';
    if (!alone || close == text.length() || text.charAt(close) != '}') {
      return item;
    }
    int end = back(text, open - 1);
    int key = end;
    while (key > 0 && isOfPath(text.charAt(key - 1))) {
      key--;
    }
    int before = back(text, key);
    boolean begins = before == 0 || "{,\n".indexOf(text.charAt(before - 1)) >= 0;
    return key < end && begins ? new Span(item.file(), key, close + 1) : item;
  }

  private static boolean isOfPath(char c) {
    return Character.isLetterOrDigit(c) || "-_.\"".indexOf(c) >= 0;
  }

  /** Of the empty lines above and below a gap those above are left. */
  private static int behindGap(String text, int before, int behind) {
    int above = backOverLines(text, before);
    boolean emptyAbove = above == 0 || text.indexOf('\n', above) < before - 1;
    int next = behind;
    if (emptyAbove) {
      for (int at = behind; at < text.length(); at++) {
        if (isLineEnd(text.charAt(at))) {
          next = at + 1;
        } else if (!isSpace(text.charAt(at))) {
          break;
        }
      }
    }
    return next;
  }

  /** The first of the {@code ///} lines right above a line, which go with what they document. */
  private static int docs(String text, int line) {
    int first = line;
    while (first > 0) {
      int above = text.lastIndexOf('\n', first - 2) + 1;
      if (!text.startsWith("///", forward(text, above))) {
        break;
      }
      first = above;
    }
    return first;
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

  private static int backOverLines(String text, int from) {
    int at = from;
    while (at > 0 && (isSpace(text.charAt(at - 1)) || isLineEnd(text.charAt(at - 1)))) {
      at--;
    }
    return at;
  }

  private static int forwardOverLines(String text, int from) {
    int at = from;
    while (at < text.length() && (isSpace(text.charAt(at)) || isLineEnd(text.charAt(at)))) {
      at++;
    }
    return at;
  }

  /** Behind the last line above that is not empty. */
  private static int belowText(String text, int line) {
    int end = backOverLines(text, line);
    return end == 0 ? 0 : Math.min(line, behindLine(text, forward(text, end)));
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
