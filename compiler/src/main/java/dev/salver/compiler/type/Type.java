package dev.salver.compiler.type;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/** What flows along an edge of a graph. {@code toString} is how the language writes it. */
public sealed interface Type {
  /**
   * A tensor.
   *
   * @param dims none for a scalar, which on the wire has the shape {@code [1]}
   */
  record Tensor(Element element, List<Dim> dims) implements Type {
    public Tensor {
      dims = List.copyOf(dims);
    }

    /** Whether it holds one value whatever happens: no dims, or only ones. */
    public boolean isScalar() {
      return dims.stream().allMatch(dim -> dim instanceof Dim.Size(long size) && size == 1);
    }

    @Override
    public String toString() {
      return dims.isEmpty()
          ? element.word()
          : element.word()
              + dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  /** Named fields, in the order written. */
  record Fields(SequencedMap<String, Type> fields) implements Type {
    public Fields {
      fields = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(fields));
    }

    @Override
    public String toString() {
      return fields.entrySet().stream()
          .map(field -> field.getKey() + ": " + field.getValue())
          .collect(Collectors.joining(", ", "{ ", " }"));
    }
  }

  /** A V1 body without tensors. */
  record Json() implements Type {
    @Override
    public String toString() {
      return "json";
    }
  }

  /** A type that a template infers. */
  record Parameter(String name) implements Type {
    @Override
    public String toString() {
      return name;
    }
  }

  /** Not declared, not in the lock, or reported already: fits anything. */
  record Unknown() implements Type {
    @Override
    public String toString() {
      return "?";
    }
  }
}
