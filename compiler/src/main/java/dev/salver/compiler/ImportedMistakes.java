package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What is wrong in imported projects, told once at the import: who imports can't mend it there.
 * Warnings are the business of the project that they are in.
 */
final class ImportedMistakes {
  private static final int SHOWN = 3;

  private final SortedMap<Span, SortedSet<Diagnostic>> byImport = new TreeMap<>();

  void add(Diagnostic diagnostic) {
    if (diagnostic.isError()) {
      byImport
          .computeIfAbsent(outermost(diagnostic.span()), span -> new TreeSet<>(order()))
          .add(diagnostic);
    }
  }

  /** One of a place is enough. */
  private static Comparator<Diagnostic> order() {
    return Comparator.comparing(Diagnostic::span).thenComparing(Diagnostic::code);
  }

  /** The program's own import that brought a place. */
  private static Span outermost(Span span) {
    Span at = span;
    Optional<Span> by = at.file().importedBy();
    while (by.isPresent()) {
      at = by.get();
      by = at.file().importedBy();
    }
    return at;
  }

  List<Diagnostic> diagnostics() {
    var diagnostics = new ArrayList<Diagnostic>();
    byImport.forEach(
        (at, found) -> {
          int count = found.size();
          var diagnostic =
              Diagnostic.of(
                  Code.SV7005,
                  at,
                  "what is imported here has " + (count == 1 ? "an error" : count + " errors"));
          for (Diagnostic each : found.stream().limit(SHOWN).toList()) {
            diagnostic = diagnostic.relating(each.span(), each.message());
          }
          diagnostics.add(diagnostic);
        });
    return diagnostics;
  }
}
