package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.Position;
import dev.salver.compiler.source.SourceFile;
import java.util.List;

/** Diagnostics for people: the message, the line with carets under the place, what to do. */
public final class TextReport {
  /** Code points of a line that are shown. */
  private static final int WIDTH = 160;

  private static final int REPLACEMENT = 0xFFFD;

  private TextReport() {}

  /** All of them with an empty line between; empty for none. */
  public static String render(List<Diagnostic> diagnostics) {
    var out = new StringBuilder();
    for (Diagnostic diagnostic : diagnostics) {
      if (!out.isEmpty()) {
        out.append('\n');
      }
      render(diagnostic, out);
    }
    return out.toString();
  }

  private static void render(Diagnostic diagnostic, StringBuilder out) {
    SourceFile file = diagnostic.span().file();
    Position from = diagnostic.span().from();
    String number = Integer.toString(from.line());
    String gutter = " ".repeat(number.length() + 1);
    out.append(diagnostic.severity().word())
        .append('[')
        .append(diagnostic.code())
        .append("]: ")
        .append(onOneLine(diagnostic.message()))
        .append('\n');
    out.append(gutter).append("┌ ").append(diagnostic.span()).append('\n');
    String line = file.line(from.line());
    if (!line.isBlank()) {
      excerpt(diagnostic, line.stripTrailing(), number, gutter, out);
    }
    for (Related related : diagnostic.related()) {
      out.append(gutter).append("├ ").append(related.span()).append("   ");
      out.append(onOneLine(related.message())).append('\n');
    }
    for (Fix fix : diagnostic.fixes()) {
      out.append(gutter).append(fix.safe() ? "fix: " : "suggestion: ");
      out.append(onOneLine(fix.title())).append('\n');
    }
  }

  /** A line with carets below; of a long line the part around the place. */
  private static void excerpt(
      Diagnostic diagnostic, String line, String number, String gutter, StringBuilder out) {
    Position from = diagnostic.span().from();
    Position until = diagnostic.span().until();
    int[] points = line.codePoints().toArray();
    int start = from.column() - 1;
    int end = until.line() == from.line() ? until.column() - 1 : points.length;
    boolean isLong = points.length > WIDTH;
    int first = isLong ? Math.max(0, Math.min(start - WIDTH / 3, points.length - WIDTH)) : 0;
    int last = isLong ? Math.min(points.length, first + WIDTH) : points.length;
    out.append(number).append(" │ ").append(first > 0 ? "…" : "");
    for (int i = first; i < last; i++) {
      out.appendCodePoint(shown(points[i]));
    }
    out.append(last < points.length ? "…" : "").append('\n');
    out.append(gutter).append("│ ").append(first > 0 ? " " : "");
    for (int i = first; i < start; i++) {
      out.append(i < points.length && points[i] == '\t' ? '\t' : ' ');
    }
    out.append("^".repeat(Math.max(1, Math.min(end, Math.max(last, start + 1)) - start)));
    if (!diagnostic.label().isEmpty()) {
      out.append(' ').append(diagnostic.label());
    }
    out.append('\n');
  }

  private static String onOneLine(String text) {
    return text.codePoints()
        .map(TextReport::shown)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** A terminal obeys control characters, so that none of a source's reaches one. */
  private static int shown(int point) {
    boolean obeyed =
        (Character.isISOControl(point) && point != '\t')
            || Character.getType(point) == Character.FORMAT;
    return obeyed ? REPLACEMENT : point;
  }
}
