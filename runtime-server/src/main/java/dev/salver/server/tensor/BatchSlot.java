package dev.salver.server.tensor;

import java.util.List;

/**
 * The tensors of one run: codecs append rows to the inputs, the engine sets the outputs. Made once
 * per inference thread and used by that thread only.
 */
public final class BatchSlot {
  private final ModelSpec model;
  private final List<InputTensor> inputs;
  private List<OutputTensor> outputs = List.of();

  public BatchSlot(ModelSpec model) {
    this.model = model;
    this.inputs = model.inputs().stream().map(InputTensor::new).toList();
  }

  public ModelSpec model() {
    return model;
  }

  /** In the model's order. */
  public InputTensor input(int index) {
    return inputs.get(index);
  }

  public List<InputTensor> inputs() {
    return inputs;
  }

  /** In the model's order; valid until the next run. */
  public List<OutputTensor> outputs() {
    return outputs;
  }

  public void outputs(List<OutputTensor> results) {
    outputs = results;
  }

  /** Ready for the next request. */
  public void reset() {
    outputs = List.of();
    for (InputTensor input : inputs) {
      input.reset();
    }
  }
}
