package dev.salver.server.tensor;

import dev.salver.artifacts.signature.Dim;
import dev.salver.artifacts.signature.Shape;
import java.util.List;

/** A model's input or output: what is declared about it. */
public record TensorSpec(String name, DataType type, Shape shape) {

  /** Dimensions, -1 where nothing is known about the shape. */
  public int rank() {
    return shape instanceof Shape.Ranked(var dims) ? dims.size() : -1;
  }

  /** The size that dimension {@code i} must have, -1 where any will do. */
  public long fixed(int i) {
    return shape instanceof Shape.Ranked(var dims) && dims.get(i) instanceof Dim.Fixed(long size)
        ? size
        : -1;
  }

  /** The name that dimension {@code i} shares with others of its size, "" for none. */
  public String symbol(int i) {
    return shape instanceof Shape.Ranked(var dims) && dims.get(i) instanceof Dim.Symbol(String name)
        ? name
        : "";
  }

  /**
   * As people write it: {@code [batch, 4]}, {@code ?} for unnamed dims, {@code [...]} for any
   * shape.
   */
  public String shapeText() {
    if (!(shape instanceof Shape.Ranked(List<Dim> dims))) {
      return "[...]";
    }
    return dims.stream()
        .map(
            dim ->
                switch (dim) {
                  case Dim.Fixed(long size) -> Long.toString(size);
                  case Dim.Symbol(String name) -> name;
                  case Dim.Unknown() -> "?";
                })
        .collect(java.util.stream.Collectors.joining(", ", "[", "]"));
  }
}
