package dev.salver.server.engine;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.salver.server.tensor.OutputTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Memory of ours that ONNX Runtime writes results to. */
record PinnedOutputs(Map<String, OnnxTensor> tensors, List<OutputTensor> outputs)
    implements AutoCloseable {
  static final PinnedOutputs NONE = new PinnedOutputs(Map.of(), List.of());

  /** Room for results of the same names, types and shapes. */
  static PinnedOutputs like(OrtEnvironment environment, List<OutputTensor> results)
      throws OrtException {
    Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
    List<OutputTensor> outputs = new ArrayList<>();
    for (OutputTensor result : results) {
      ByteBuffer data =
          ByteBuffer.allocateDirect(result.data().limit()).order(ByteOrder.nativeOrder());
      tensors.put(result.name(), OrtTensors.over(environment, result.type(), data, result.shape()));
      outputs.add(new OutputTensor(result.name(), result.type(), result.shape(), data, List.of()));
    }
    return new PinnedOutputs(tensors, outputs);
  }

  @Override
  public void close() {
    tensors.values().forEach(OnnxTensor::close);
  }
}
