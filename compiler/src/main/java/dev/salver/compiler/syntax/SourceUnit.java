package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import java.util.List;

/**
 * A parsed file.
 *
 * @param tokens every token of the text, in order, with nothing left out
 * @param entries what stands at the top, as far as it could be read
 * @param damage what the errors among the diagnostics leave unknown
 */
public record SourceUnit(
    SourceFile file,
    List<Token> tokens,
    List<Entry> entries,
    List<Diagnostic> diagnostics,
    Damage damage) {
  public SourceUnit {
    tokens = List.copyOf(tokens);
    entries = List.copyOf(entries);
    diagnostics = List.copyOf(diagnostics);
  }
}
