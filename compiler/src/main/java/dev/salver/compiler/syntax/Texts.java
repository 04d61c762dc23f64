package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/** Strings: escapes resolved, {@code ${…}} parts parsed. */
final class Texts {
  private Texts() {}

  /**
   * The string at a place, quotes included; the last quote may be missing. One with an escape that
   * is none has no value.
   */
  static Expr read(SourceFile file, Span span, List<Diagnostic> diagnostics) {
    String text = file.text();
    int before = diagnostics.size();
    int end = end(span);
    var parts = new ArrayList<Expr.Part>();
    var literal = new StringBuilder();
    int at = span.start() + 1;
    while (at < end) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < end) {
        escape(new Span(file, at, at + 2), literal, diagnostics);
        at += 2;
      } else if (c == '$' && at + 1 < end && text.charAt(at + 1) == '{') {
        int close = closing(text, at + 2, end);
        if (!literal.isEmpty()) {
          parts.add(new Expr.Part.Literal(literal.toString()));
          literal.setLength(0);
        }
        int known = diagnostics.size();
        parts.add(new Expr.Part.Hole(Parsing.hole(file, at + 2, close, diagnostics)));
        before += diagnostics.size() - known;
        at = Math.min(end, close + 1);
      } else {
        literal.append(c);
        at++;
      }
    }
    if (!literal.isEmpty() || parts.isEmpty()) {
      parts.add(new Expr.Part.Literal(literal.toString()));
    }
    return diagnostics.size() > before ? new Expr.Missing(span) : new Expr.Text(parts, span);
  }

  /** A quoted key: escapes resolved, nothing put in. */
  static String plain(SourceFile file, Span span, List<Diagnostic> diagnostics) {
    String text = file.text();
    int end = end(span);
    var literal = new StringBuilder();
    for (int at = span.start() + 1; at < end; at++) {
      char c = text.charAt(at);
      if (c == '\\' && at + 1 < end) {
        escape(new Span(file, at, at + 2), literal, diagnostics);
        at++;
      } else {
        if (c == '$' && at + 1 < end && text.charAt(at + 1) == '{') {
          diagnostics.add(
              Diagnostic.of(
                  Code.SV0106, new Span(file, at, at + 2), "nothing is put into a name or key"));
        }
        literal.append(c);
      }
    }
    return literal.toString();
  }

  private static int end(Span span) {
    String text = span.text();
    boolean closed = text.length() > 1 && (!text.startsWith("\"") || text.endsWith("\""));
    return closed ? span.end() - 1 : span.end();
  }

  private static void escape(Span span, StringBuilder literal, List<Diagnostic> diagnostics) {
    char escaped = span.text().charAt(1);
    switch (escaped) {
      case '"', '\\', '$' -> literal.append(escaped);
      case 'n' -> literal.append('\n');
      default -> {
        literal.append(escaped);
        diagnostics.add(
            Diagnostic.of(
                Code.SV0108,
                span,
                "`" + span.text() + "` is no escape, there are `\\\"`, `\\\\`, `\\n` and `\\$`"));
      }
    }
  }

  private static int closing(String text, int from, int end) {
    int depth = 0;
    boolean quoted = false;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '"') {
        quoted = !quoted;
      } else if (!quoted && c == '{') {
        depth++;
      } else if (!quoted && c == '}') {
        if (depth-- == 0) {
          return i;
        }
      }
    }
    return end;
  }
}
