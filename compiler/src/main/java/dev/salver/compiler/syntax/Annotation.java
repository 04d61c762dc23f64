package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.List;

/** {@code @name} or {@code @name(arguments)} before a declaration. */
public record Annotation(Name name, List<Expr.Argument> arguments, Span span) {
  public Annotation {
    arguments = List.copyOf(arguments);
  }
}
