package dev.salver.server.tensor;

import java.util.List;

/** What a model takes and gives. */
public record ModelSpec(List<TensorSpec> inputs, List<TensorSpec> outputs) {
  public ModelSpec {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** Position of an input, -1 for none of that name. */
  public int input(String name) {
    return index(inputs, name);
  }

  /** Position of an output, -1 for none of that name. */
  public int output(String name) {
    return index(outputs, name);
  }

  private static int index(List<TensorSpec> specs, String name) {
    for (int i = 0; i < specs.size(); i++) {
      if (specs.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
