package dev.salver.compiler.memo;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import java.util.List;
import java.util.function.Function;

/**
 * A result with what was found wrong on the way to it, to be told again each time that it is used.
 */
public record Found<T>(T value, List<Diagnostic> diagnostics) {
  public Found {
    diagnostics = List.copyOf(diagnostics);
  }

  public static <T> Found<T> of(Function<Diagnostics, T> work) {
    var diagnostics = new Diagnostics();
    T value = work.apply(diagnostics);
    return new Found<>(value, diagnostics.found());
  }

  /** The result; what is wrong is told. */
  public T telling(Diagnostics diagnostics) {
    diagnostics.addAll(this.diagnostics);
    return value;
  }
}
