package dev.salver.server.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.salver.server.tensor.BatchSlot;
import dev.salver.server.tensor.DataType;
import dev.salver.server.tensor.InputTensor;
import dev.salver.server.tensor.ModelSpec;
import dev.salver.server.tensor.OutputTensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One thread's runs. Native tensors are made once per buffer and shape and used again while
 * requests look alike; so are buffers for outputs, as soon as two requests of one shape came in a
 * row.
 */
final class OnnxRunner implements Engine.Runner {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final ModelSpec model;
  private final OrtSession.RunOptions options = new OrtSession.RunOptions();
  private final Map<String, OnnxTensor> feed = new LinkedHashMap<>();
  private final @Nullable ByteBuffer[] fedFrom;
  private final long[][] fedShapes;
  private final OutputShapes shapes;
  private PinnedOutputs pinned = PinnedOutputs.NONE;
  private volatile boolean cancelled;

  OnnxRunner(OrtEnvironment environment, OrtSession session, ModelSpec model) throws OrtException {
    this.environment = environment;
    this.session = session;
    this.model = model;
    this.fedFrom = new ByteBuffer[model.inputs().size()];
    this.fedShapes = new long[model.inputs().size()][];
    this.shapes = new OutputShapes(model);
    Arrays.fill(fedShapes, new long[] {-1});
  }

  @Override
  public RunOutcome run(BatchSlot slot) {
    try {
      if (cancelled) {
        cancelled = false;
        options.setTerminate(false);
      }
      boolean same = feed(slot);
      if (!same) {
        pinned.close();
        pinned = PinnedOutputs.NONE;
      }
      if (pinned.tensors().isEmpty() || !runPinned(slot)) {
        runFree(slot, same);
      }
      return new RunOutcome.Done();
    } catch (OrtException e) {
      if (cancelled) {
        return new RunOutcome.Cancelled();
      }
      return e.getCode() == OrtException.OrtErrorCode.ORT_INVALID_ARGUMENT
          ? new RunOutcome.BadInput(OrtMessages.of(e))
          : new RunOutcome.Broken(OrtMessages.of(e));
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    try {
      options.setTerminate(true);
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    pinned.close();
    feed.values().forEach(OnnxTensor::close);
    options.close();
  }

  /** Binds the inputs; whether all have the shapes they had the last time. */
  @SuppressWarnings(
      "ReferenceEquality") // A native tensor looks at one buffer's memory, not at its content.
  private boolean feed(BatchSlot slot) throws OrtException {
    boolean same = true;
    for (int i = 0; i < fedShapes.length; i++) {
      InputTensor input = slot.input(i);
      boolean alike = Arrays.equals(input.shape(), fedShapes[i]);
      same &= alike;
      if (alike && input.data() == fedFrom[i] && input.spec().type() != DataType.BYTES) {
        continue;
      }
      OnnxTensor tensor = OrtTensors.of(environment, input);
      OnnxTensor before = feed.put(input.spec().name(), tensor);
      if (before != null) {
        before.close();
      }
      fedFrom[i] = input.data();
      fedShapes[i] = input.shape();
    }
    return same;
  }

  /**
   * False where the model broke its own word about shapes; then it is run again, and never so
   * again.
   */
  private boolean runPinned(BatchSlot slot) throws OrtException {
    try {
      session.run(feed, Set.of(), pinned.tensors(), options).close();
      slot.outputs(pinned.outputs());
      return true;
    } catch (OrtException e) {
      if (cancelled) {
        throw e;
      }
      shapes.distrust();
      pinned.close();
      pinned = PinnedOutputs.NONE;
      return false;
    }
  }

  private void runFree(BatchSlot slot, boolean same) throws OrtException {
    List<OutputTensor> outputs = new ArrayList<>(model.outputs().size());
    try (var result = session.run(feed, options)) {
      for (int i = 0; i < model.outputs().size(); i++) {
        outputs.add(OrtTensors.copy(model.outputs().get(i), result.get(i)));
      }
    }
    slot.outputs(outputs);
    if (shapes.foreseen(slot) && same) {
      pinned = PinnedOutputs.like(environment, outputs);
    }
  }
}
