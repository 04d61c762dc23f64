package dev.salver.server.engine;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxMap;
import ai.onnxruntime.OnnxSequence;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import dev.salver.server.tensor.DataType;
import dev.salver.server.tensor.InputTensor;
import dev.salver.server.tensor.OutputTensor;
import dev.salver.server.tensor.TensorSpec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Our tensors as ONNX Runtime's and back. */
final class OrtTensors {
  private OrtTensors() {}

  /** A tensor over the input's own memory; strings are copied. */
  static OnnxTensor of(OrtEnvironment environment, InputTensor input) throws OrtException {
    if (input.spec().type() == DataType.BYTES) {
      OnnxTensor tensor =
          OnnxTensor.createTensor(environment, input.texts().toArray(String[]::new), input.shape());
      if (NativeStrings.needed(input.texts())) {
        NativeStrings.fill(tensor, input.texts());
      }
      return tensor;
    }
    ByteBuffer data = input.data().duplicate().order(ByteOrder.nativeOrder()).flip();
    return over(environment, input.spec().type(), data, input.shape());
  }

  /** A tensor over the buffer's memory. */
  static OnnxTensor over(OrtEnvironment environment, DataType type, ByteBuffer data, long[] shape)
      throws OrtException {
    return switch (type) {
      case BOOL -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.BOOL);
      case UINT8 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.UINT8);
      case INT8 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.INT8);
      case INT16 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.INT16);
      case INT32 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.INT32);
      case INT64 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.INT64);
      case FP16 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.FLOAT16);
      case BF16 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.BFLOAT16);
      case FP32 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.FLOAT);
      case FP64 -> OnnxTensor.createTensor(environment, data, shape, OnnxJavaType.DOUBLE);
      case UINT16, UINT32, UINT64 -> UnsignedTensors.over(type, data, shape);
      case BYTES -> throw new IllegalArgumentException("strings lie in no buffer");
    };
  }

  /** A result, copied out of ONNX Runtime's memory. */
  static OutputTensor copy(TensorSpec spec, OnnxValue value) throws OrtException {
    return switch (value) {
      case OnnxTensor tensor -> tensor(spec, tensor);
      case OnnxSequence sequence -> scores(spec, sequence);
      default -> throw new IllegalStateException("load lets only tensors and scores pass");
    };
  }

  private static OutputTensor tensor(TensorSpec spec, OnnxTensor tensor) throws OrtException {
    TensorInfo info = tensor.getInfo();
    long[] shape = info.getShape();
    if (spec.type() == DataType.BYTES) {
      List<String> texts = new ArrayList<>();
      flatten(tensor.getValue(), texts);
      if (NativeStrings.suspicious(texts)) {
        texts = NativeStrings.read(tensor, texts.size());
      }
      return new OutputTensor(spec.name(), DataType.BYTES, shape, empty(), texts);
    }
    ByteBuffer data = info.getNumElements() == 0 ? empty() : tensor.getByteBuffer();
    return new OutputTensor(
        spec.name(), spec.type(), shape, data.order(ByteOrder.nativeOrder()), List.of());
  }

  /**
   * ZipMap's maps as the matrix they were before: a row per map, a column per class in the order of
   * the keys.
   */
  private static OutputTensor scores(TensorSpec spec, OnnxSequence sequence) throws OrtException {
    List<float[]> rows = new ArrayList<>();
    for (OnnxValue element : sequence.getValue()) {
      try (OnnxMap map = (OnnxMap) element) {
        Map<?, ?> scores = map.getValue();
        float[] row = new float[scores.size()];
        int i = 0;
        for (Object key : scores.keySet().stream().sorted().toList()) {
          row[i++] = (Float) java.util.Objects.requireNonNull(scores.get(key));
        }
        rows.add(row);
      }
    }
    int width = rows.isEmpty() ? 0 : rows.getFirst().length;
    ByteBuffer data =
        ByteBuffer.allocate(rows.size() * width * Float.BYTES).order(ByteOrder.nativeOrder());
    for (float[] row : rows) {
      for (float score : row) {
        data.putFloat(score);
      }
    }
    return new OutputTensor(
        spec.name(), DataType.FP32, new long[] {rows.size(), width}, data.flip(), List.of());
  }

  private static void flatten(Object value, List<String> into) {
    if (value instanceof Object[] values) {
      for (Object each : values) {
        flatten(each, into);
      }
    } else {
      into.add((String) value);
    }
  }

  private static ByteBuffer empty() {
    return ByteBuffer.allocate(0);
  }
}
