package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.List;

/** What stands between braces; the span includes them. */
public record Block(List<Entry> entries, Span span) {
  public Block {
    entries = List.copyOf(entries);
  }
}
