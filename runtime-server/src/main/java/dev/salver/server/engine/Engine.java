package dev.salver.server.engine;

import dev.salver.server.tensor.BatchSlot;
import dev.salver.server.tensor.ModelSpec;

/** A loaded model. Safe for all threads; each thread computes with a runner of its own. */
public interface Engine extends AutoCloseable {
  ModelSpec model();

  /** The name of the model's format in the Open Inference Protocol, such as {@code onnx_onnxv1}. */
  String platform();

  Runner runner();

  @Override
  void close();

  /** One thread's way to compute. Only {@link #cancel} may be called by others. */
  interface Runner extends AutoCloseable {
    /** Computes the slot's outputs from its inputs. Outputs are valid until the next run. */
    RunOutcome run(BatchSlot slot);

    /** Lets the run under way end soon with {@link RunOutcome.Cancelled}. */
    void cancel();

    @Override
    void close();
  }
}
