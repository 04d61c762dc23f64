package dev.salver.server.codec;

import dev.salver.server.tensor.DataType;
import dev.salver.server.tensor.OutputTensor;
import java.nio.ByteBuffer;

/** Elements of a tensor as JSON. NaN and infinities, which JSON has no word for, are null. */
final class TensorWriter {
  private TensorWriter() {}

  static int count(OutputTensor output) {
    return output.type() == DataType.BYTES
        ? output.texts().size()
        : output.data().limit() / output.type().size();
  }

  /** Elements from one position up to another, with commas. */
  static void elements(JsonOut out, OutputTensor output, int from, int to) {
    for (int i = from; i < to; i++) {
      if (i > from) {
        out.raw(',');
      }
      element(out, output, i);
    }
  }

  /** What lies under one index of the first {@code depth} dimensions, as nested lists. */
  static void nested(JsonOut out, OutputTensor output, int depth, int from, int count) {
    long[] shape = output.shape();
    if (depth >= shape.length) {
      element(out, output, from);
      return;
    }
    out.raw('[');
    int size = (int) shape[depth];
    int each = size == 0 ? 0 : count / size;
    if (depth == shape.length - 1) {
      elements(out, output, from, from + size);
    } else {
      for (int i = 0; i < size; i++) {
        if (i > 0) {
          out.raw(',');
        }
        nested(out, output, depth + 1, from + i * each, each);
      }
    }
    out.raw(']');
  }

  private static void element(JsonOut out, OutputTensor output, int i) {
    ByteBuffer data = output.data();
    switch (output.type()) {
      case FP32 -> out.number(data.getFloat(i * 4));
      case FP64 -> out.number(data.getDouble(i * 8));
      case FP16 -> out.number(Float.float16ToFloat(data.getShort(i * 2)));
      case BF16 -> out.number(Float.intBitsToFloat(data.getShort(i * 2) << 16));
      case INT64 -> out.number(data.getLong(i * 8));
      case INT32 -> out.number(data.getInt(i * 4));
      case INT16 -> out.number(data.getShort(i * 2));
      case INT8 -> out.number(data.get(i));
      case UINT8 -> out.number(data.get(i) & 0xff);
      case UINT16 -> out.number(data.getShort(i * 2) & 0xffff);
      case UINT32 -> out.number(data.getInt(i * 4) & 0xffff_ffffL);
      case UINT64 -> out.raw(Long.toUnsignedString(data.getLong(i * 8)));
      case BOOL -> out.raw(data.get(i) == 0 ? "false" : "true");
      case BYTES -> out.quoted(output.texts().get(i));
    }
  }
}
