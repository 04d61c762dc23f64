package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Lines of one file with marks below: carets for the place of a diagnostic, dashes for others. */
final class Excerpt {
  /** Lines between two marks that still belong to one excerpt. */
  private static final int NEAR = 4;

  /** Code points of a line that are shown. */
  private static final int WIDTH = 160;

  private final List<Mark> marks = new ArrayList<>();

  /**
   * A place and what is said under it.
   *
   * @param underline {@code ^} or {@code -}
   */
  record Mark(Span span, char underline, String words) {
    int line() {
      return span.from().line();
    }

    SourceFile file() {
      return span.file();
    }
  }

  Excerpt(Mark first) {
    marks.add(first);
  }

  /** Where the first mark is. */
  Span place() {
    return marks.getFirst().span();
  }

  /** What the first mark says. */
  String words() {
    return marks.getFirst().words();
  }

  /** Whether there is anything to see: a mark may stand in an empty line or file. */
  boolean isBlank() {
    Mark first = marks.getFirst();
    return first.file().line(first.line()).isBlank();
  }

  /** Takes a mark in that is not far from one that is here. */
  boolean takes(Mark mark) {
    boolean near =
        !isBlank()
            && !mark.file().line(mark.line()).isBlank()
            && marks.stream()
                .anyMatch(
                    each ->
                        each.file() == mark.file() && Math.abs(each.line() - mark.line()) <= NEAR);
    if (near) {
      marks.add(mark);
    }
    return near;
  }

  int lastLine() {
    return marks.stream().mapToInt(Mark::line).max().orElseThrow();
  }

  /**
   * @param margin as wide as the numbers of lines, with the space behind them
   */
  void render(String margin, StringBuilder out) {
    if (isBlank()) {
      return;
    }
    List<Mark> sorted = marks.stream().sorted(Comparator.comparingInt(Mark::line)).toList();
    int before = sorted.getFirst().line();
    boolean first = true;
    for (Mark mark : sorted) {
      int line = mark.line();
      if (line == before + 2) {
        numbered(before + 1, margin, mark.file().line(before + 1).stripTrailing(), 0, WIDTH, out);
      } else if (line > before + 2) {
        out.append(margin).append("⋮\n");
      }
      String text = mark.file().line(line).stripTrailing();
      boolean isLong = text.codePointCount(0, text.length()) > WIDTH;
      marked(mark, text, first || isLong || line != before, margin, out);
      before = line;
      first = false;
    }
  }

  /** A line with a mark below; of a long line the part around the place. */
  private static void marked(
      Mark mark, String line, boolean withLine, String margin, StringBuilder out) {
    var from = mark.span().from();
    var until = mark.span().until();
    int[] points = line.codePoints().toArray();
    int start = from.column() - 1;
    int end = until.line() == from.line() ? until.column() - 1 : points.length;
    boolean isLong = points.length > WIDTH;
    int first = isLong ? Math.max(0, Math.min(start - WIDTH / 3, points.length - WIDTH)) : 0;
    int last = isLong ? Math.min(points.length, first + WIDTH) : points.length;
    if (withLine) {
      numbered(from.line(), margin, line, first, last, out);
    }
    out.append(margin).append("│ ").append(first > 0 ? " " : "");
    for (int i = first; i < start; i++) {
      out.append(i < points.length && points[i] == '\t' ? '\t' : ' ');
    }
    int width = Math.max(1, Math.min(end, Math.max(last, start + 1)) - start);
    out.append(String.valueOf(mark.underline()).repeat(width));
    if (!mark.words().isEmpty()) {
      out.append(' ').append(Shown.onOneLine(mark.words()));
    }
    out.append('\n');
  }

  private static void numbered(
      int number, String margin, String line, int first, int last, StringBuilder out) {
    String digits = Integer.toString(number);
    int[] points = line.codePoints().toArray();
    int end = Math.min(points.length, last);
    out.append(" ".repeat(margin.length() - 1 - digits.length())).append(digits).append(" │");
    out.append(points.length > 0 ? " " : "").append(first > 0 ? "…" : "");
    out.append(Shown.onOneLine(new String(points, first, end - first)));
    out.append(end < points.length ? "…" : "").append('\n');
  }
}
