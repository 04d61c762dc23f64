package dev.salver.artifacts.signature;

import java.util.List;
import java.util.stream.Collectors;

/** The dims of a tensor, or nothing known about them. */
public sealed interface Shape {
  /**
   * As many dims as listed.
   *
   * @param dims none for a scalar
   */
  record Ranked(List<Dim> dims) implements Shape {
    public Ranked {
      dims = List.copyOf(dims);
    }

    @Override
    public String toString() {
      return dims.stream().map(Dim::toString).collect(Collectors.joining(", ", "[", "]"));
    }
  }

  record Unranked() implements Shape {
    @Override
    public String toString() {
      return "[...]";
    }
  }

  static Shape of(Dim... dims) {
    return new Ranked(List.of(dims));
  }
}
