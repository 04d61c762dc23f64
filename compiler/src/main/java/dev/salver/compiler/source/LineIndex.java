package dev.salver.compiler.source;

import java.util.Arrays;

/**
 * Where the lines of a text begin; {@code \n}, {@code \r\n} and {@code \r} end a line. A byte order
 * mark is no part of it.
 */
public final class LineIndex {
  private final String text;
  private final int[] starts;
  private final int mark;

  LineIndex(String text) {
    this.text = text;
    this.mark = text.startsWith("\ufeff") ? 1 : 0;
    int[] found = new int[16];
    int count = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean end =
          c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'));
      if (end) {
        if (count == found.length) {
          found = Arrays.copyOf(found, count * 2);
        }
        found[count++] = i + 1;
      }
    }
    this.starts = Arrays.copyOf(found, count);
  }

  /** Line from 0 of an offset; the end of the text belongs to the last line. */
  public int lineAt(int offset) {
    int at = Arrays.binarySearch(starts, offset);
    return at >= 0 ? at : -at - 2;
  }

  /** Offset at which a line, counted from 0, begins. */
  public int start(int line) {
    return line == 0 ? mark : starts[line];
  }

  public int count() {
    return starts.length;
  }

  Position position(int offset) {
    int at = Math.clamp(offset, 0, text.length());
    int line = lineAt(at);
    return new Position(line + 1, text.codePointCount(Math.min(start(line), at), at) + 1);
  }

  String line(int line) {
    int start = start(line - 1);
    int end = line < starts.length ? starts[line] : text.length();
    while (end > start && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
      end--;
    }
    return text.substring(start, end);
  }
}
