package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.List;

/** A type as it is written. */
public sealed interface TypeRef {
  Span span();

  /** {@code Scorer}, {@code f32}, {@code f32[n, 32]}. */
  record Named(Name name, List<Name> dims, Span span) implements TypeRef {
    public Named {
      dims = List.copyOf(dims);
    }
  }

  record RecordOf(List<Field> fields, Span span) implements TypeRef {
    public RecordOf {
      fields = List.copyOf(fields);
    }
  }

  record ListOf(TypeRef item, Span span) implements TypeRef {}

  record Function(List<Field> inputs, TypeRef output, Span span) implements TypeRef {
    public Function {
      inputs = List.copyOf(inputs);
    }
  }

  /** Stands where a syntax error left nothing. */
  record Missing(Span span) implements TypeRef {}

  /** {@code name: type}. */
  record Field(Name name, TypeRef type) {}
}
