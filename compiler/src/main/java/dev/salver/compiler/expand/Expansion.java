package dev.salver.compiler.expand;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import java.util.List;

/**
 * A program without loops.
 *
 * @param entries plain declarations, in the order written
 * @param families which of them are members of a family
 * @param loops where declarations are written once and made many times
 */
public record Expansion(List<Entry> entries, Families families, List<Span> loops) {
  public Expansion {
    entries = List.copyOf(entries);
    loops = List.copyOf(loops);
  }
}
