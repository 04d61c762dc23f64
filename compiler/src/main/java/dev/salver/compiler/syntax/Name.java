package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;

/** A word and where it stands; a quoted key is without its quotes. */
public record Name(String text, Span span) {
  /** Whether it stands for one that a syntax error left out. */
  boolean isMissing() {
    return text.isEmpty() && span.start() == span.end();
  }

  @Override
  public String toString() {
    return text;
  }
}
