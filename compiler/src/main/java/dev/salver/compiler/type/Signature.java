package dev.salver.compiler.type;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a model or graph takes and gives. Symbolic dims are its own: the same name in another
 * signature is another symbol.
 *
 * @param inputs in the order declared
 * @param output a record where there are several
 */
public record Signature(List<Port> inputs, Type output) {
  public Signature {
    inputs = List.copyOf(inputs);
  }

  /** A named input. */
  public record Port(String name, Type type) {
    @Override
    public String toString() {
      return name + ": " + type;
    }
  }

  @Override
  public String toString() {
    return inputs.stream().map(Port::toString).collect(Collectors.joining(", ", "(", ")"))
        + " -> "
        + output;
  }
}
