package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.Position;
import dev.salver.compiler.source.Span;
import java.util.List;
import java.util.function.Consumer;

/**
 * Diagnostics for programs: one object, {@code {"diagnostics": […]}}, one line. Lines and columns
 * count from 1, columns in code points. Written by hand because checking must start fast.
 */
public final class JsonReport {
  private final StringBuilder out = new StringBuilder();

  private JsonReport() {}

  public static String render(List<Diagnostic> diagnostics) {
    var report = new JsonReport();
    report.out.append("{\"diagnostics\": ");
    report.list(diagnostics, report::diagnostic);
    return report.out.append('}').toString();
  }

  private void diagnostic(Diagnostic diagnostic) {
    out.append("{\"code\": ");
    string(diagnostic.code().name());
    out.append(", \"severity\": ");
    string(diagnostic.severity().word());
    message(diagnostic.message());
    place(diagnostic.span());
    out.append(", \"related\": ");
    list(
        diagnostic.related(),
        related -> {
          out.append('{');
          bare(related.span());
          message(related.message());
          out.append('}');
        });
    out.append(", \"fixes\": ");
    list(
        diagnostic.fixes(),
        fix -> {
          out.append("{\"title\": ");
          string(fix.title());
          out.append(", \"edits\": ");
          list(
              fix.edits(),
              edit -> {
                out.append('{');
                bare(edit.span());
                out.append(", \"text\": ");
                string(edit.text());
                out.append('}');
              });
          out.append('}');
        });
    out.append('}');
  }

  private void message(String message) {
    out.append(", \"message\": ");
    string(message);
  }

  private void place(Span span) {
    out.append(", ");
    bare(span);
  }

  private void bare(Span span) {
    out.append("\"file\": ");
    string(span.file().path());
    out.append(", \"start\": ");
    position(span.from());
    out.append(", \"end\": ");
    position(span.until());
  }

  private void position(Position position) {
    out.append("{\"line\": ").append(position.line());
    out.append(", \"column\": ").append(position.column()).append('}');
  }

  private <T> void list(List<T> items, Consumer<T> each) {
    out.append('[');
    for (int i = 0; i < items.size(); i++) {
      if (i > 0) {
        out.append(", ");
      }
      each.accept(items.get(i));
    }
    out.append(']');
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || Character.isSurrogate(c)) {
            out.append("\\u").append(Integer.toHexString(0x10000 | c).substring(1));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
