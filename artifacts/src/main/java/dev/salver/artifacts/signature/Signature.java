package dev.salver.artifacts.signature;

import java.util.List;

/**
 * What a model takes and gives.
 *
 * @param inputs in the artifact's order; by name where it has none
 * @param outputs likewise
 */
public record Signature(List<Value> inputs, List<Value> outputs) {
  public Signature {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
