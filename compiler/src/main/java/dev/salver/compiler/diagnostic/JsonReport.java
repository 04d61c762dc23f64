package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.Position;
import dev.salver.compiler.source.Span;
import java.util.List;

/**
 * Diagnostics for programs: one object, {@code {"diagnostics": […]}}, one line. Lines and columns
 * count from 1, columns in code points.
 */
public final class JsonReport {
  private final JsonText out = new JsonText();

  private JsonReport() {}

  public static String render(List<Diagnostic> diagnostics) {
    var report = new JsonReport();
    report.out.raw("{\"diagnostics\": ").list(diagnostics, report::diagnostic);
    return report.out.raw("}").toString();
  }

  private void diagnostic(Diagnostic diagnostic) {
    out.raw("{\"code\": ").string(diagnostic.code().name());
    out.raw(", \"severity\": ").string(diagnostic.severity().word());
    message(diagnostic.message());
    out.raw(", ");
    place(diagnostic.span());
    out.raw(", \"related\": ");
    out.list(
        diagnostic.related(),
        related -> {
          out.raw("{");
          place(related.span());
          message(related.message());
          out.raw("}");
        });
    out.raw(", \"fixes\": ").list(diagnostic.fixes(), this::fix);
    out.raw("}");
  }

  private void fix(Fix fix) {
    out.raw("{\"title\": ").string(fix.title());
    out.raw(", \"safe\": ").raw(Boolean.toString(fix.safe())).raw(", \"edits\": ");
    out.list(
        fix.edits(),
        edit -> {
          out.raw("{");
          place(edit.span());
          out.raw(", \"text\": ").string(edit.text()).raw("}");
        });
    out.raw("}");
  }

  private void message(String message) {
    out.raw(", \"message\": ").string(message);
  }

  private void place(Span span) {
    out.raw("\"file\": ").string(span.file().path());
    out.raw(", \"start\": ");
    position(span.from());
    out.raw(", \"end\": ");
    position(span.until());
  }

  private void position(Position position) {
    out.raw("{\"line\": ").number(position.line());
    out.raw(", \"column\": ").number(position.column()).raw("}");
  }
}
