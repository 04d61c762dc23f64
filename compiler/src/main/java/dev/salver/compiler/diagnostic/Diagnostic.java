package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One thing that is wrong, as a value.
 *
 * @param message one line; code words stand in backquotes
 * @param label a few words under the carets, may be empty
 */
public record Diagnostic(
    Code code,
    Severity severity,
    String message,
    Span span,
    String label,
    List<Related> related,
    List<Fix> fixes) {
  /** By file, then place, then code: the order in which they are shown. */
  public static final Comparator<Diagnostic> ORDER =
      Comparator.comparing(Diagnostic::span)
          .thenComparing(Diagnostic::code)
          .thenComparing(Diagnostic::message);

  public Diagnostic {
    related = List.copyOf(related);
    fixes = List.copyOf(fixes);
  }

  public static Diagnostic of(Code code, Span span, String message) {
    return new Diagnostic(code, code.severity(), message, span, "", List.of(), List.of());
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /** The same finding, as bad as a project says it is. */
  public Diagnostic as(Severity level) {
    return new Diagnostic(code, level, message, span, label, related, fixes);
  }

  public Diagnostic labelled(String words) {
    return new Diagnostic(code, severity, message, span, words, related, fixes);
  }

  public Diagnostic relating(Span place, String words) {
    var all = new ArrayList<>(related);
    all.add(new Related(place, words));
    return new Diagnostic(code, severity, message, span, label, all, fixes);
  }

  public Diagnostic fixedBy(Fix fix) {
    var all = new ArrayList<>(fixes);
    all.add(fix);
    return offering(all);
  }

  /** The same finding with these fixes and no others. */
  public Diagnostic offering(List<Fix> these) {
    return new Diagnostic(code, severity, message, span, label, related, these);
  }
}
