package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;

/** A word and where it stands; a quoted key is without its quotes. */
public record Name(String text, Span span) {
  @Override
  public String toString() {
    return text;
  }
}
