package dev.salver.server.engine;

import dev.salver.server.tensor.BatchSlot;
import dev.salver.server.tensor.DataType;
import dev.salver.server.tensor.InputTensor;
import dev.salver.server.tensor.ModelSpec;
import dev.salver.server.tensor.OutputTensor;
import dev.salver.server.tensor.TensorSpec;

/**
 * Whether the shapes of results follow from those of inputs: all dims fixed, or named as a dim of
 * an input. Exporters get names wrong, so each first result of a shape is compared, and one lie
 * ends the trust.
 */
final class OutputShapes {
  private final ModelSpec model;
  private boolean trusted;

  OutputShapes(ModelSpec model) {
    this.model = model;
    this.trusted =
        model.outputs().stream().allMatch(o -> o.type() != DataType.BYTES && o.rank() >= 0);
  }

  void distrust() {
    trusted = false;
  }

  /** Whether the slot's outputs have the shapes that its inputs let expect. */
  boolean foreseen(BatchSlot slot) {
    for (int i = 0; i < model.outputs().size() && trusted; i++) {
      OutputTensor output = slot.outputs().get(i);
      TensorSpec spec = model.outputs().get(i);
      trusted = output.shape().length == spec.rank() && output.data().limit() > 0;
      for (int d = 0; trusted && d < spec.rank(); d++) {
        long expected = spec.fixed(d) >= 0 ? spec.fixed(d) : bound(slot, spec.symbol(d));
        trusted = expected == output.shape()[d];
      }
    }
    return trusted;
  }

  private static long bound(BatchSlot slot, String symbol) {
    for (InputTensor input : slot.inputs()) {
      for (int d = 0; d < input.spec().rank() && !symbol.isEmpty(); d++) {
        if (input.spec().symbol(d).equals(symbol)) {
          return input.shape()[d];
        }
      }
    }
    return -1;
  }
}
