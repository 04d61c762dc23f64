package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.Position;
import dev.salver.compiler.source.SourceFile;
import java.util.List;

/** Diagnostics for people: the message, the line with carets under the place, what to do. */
public final class TextReport {
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
        .append(diagnostic.message())
        .append('\n');
    out.append(gutter).append("┌ ").append(diagnostic.span()).append('\n');
    String line = file.line(from.line());
    if (!line.isBlank()) {
      out.append(number).append(" │ ").append(line.stripTrailing()).append('\n');
      out.append(gutter).append("│ ");
      carets(diagnostic, line, out);
      out.append('\n');
    }
    for (Related related : diagnostic.related()) {
      out.append(gutter).append("├ ").append(related.span()).append("   ");
      out.append(related.message()).append('\n');
    }
    for (Fix fix : diagnostic.fixes()) {
      out.append(gutter).append("fix: ").append(fix.title()).append('\n');
    }
  }

  private static void carets(Diagnostic diagnostic, String line, StringBuilder out) {
    Position from = diagnostic.span().from();
    Position until = diagnostic.span().until();
    int[] points = line.codePoints().toArray();
    for (int i = 0; i < from.column() - 1; i++) {
      out.append(i < points.length && points[i] == '\t' ? '\t' : ' ');
    }
    int last =
        until.line() == from.line()
            ? until.column()
            : line.stripTrailing().codePointCount(0, line.stripTrailing().length()) + 1;
    out.append("^".repeat(Math.max(1, last - from.column())));
    if (!diagnostic.label().isEmpty()) {
      out.append(' ').append(diagnostic.label());
    }
  }
}
