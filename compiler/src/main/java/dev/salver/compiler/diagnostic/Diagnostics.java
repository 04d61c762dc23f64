package dev.salver.compiler.diagnostic;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what the phases find; the same finding twice (once per environment) counts once. */
public final class Diagnostics {
  private final List<Diagnostic> found = new ArrayList<>();
  private final Set<Key> seen = new HashSet<>();

  private record Key(Code code, int start, int end, String path, String message) {}

  public void add(Diagnostic diagnostic) {
    var span = diagnostic.span();
    var key =
        new Key(
            diagnostic.code(), span.start(), span.end(), span.file().path(), diagnostic.message());
    if (seen.add(key)) {
      found.add(diagnostic);
    }
  }

  public void addAll(List<Diagnostic> diagnostics) {
    for (int i = 0; i < diagnostics.size(); i++) {
      add(diagnostics.get(i));
    }
  }

  public boolean hasErrors() {
    return found.stream().anyMatch(Diagnostic::isError);
  }

  public int size() {
    return found.size();
  }

  /** In the order in which they were found. */
  public List<Diagnostic> found() {
    return List.copyOf(found);
  }

  /** In the order in which they are shown. */
  public List<Diagnostic> sorted() {
    return found.stream().sorted(Diagnostic.ORDER).toList();
  }
}
