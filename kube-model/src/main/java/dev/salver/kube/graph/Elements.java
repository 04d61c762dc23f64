package dev.salver.kube.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** A tensor of numbers while it is filled, element by element. */
final class Elements {
  private final Datatype datatype;
  private final List<Long> shape;
  private final ByteBuffer buffer;

  Elements(Datatype datatype, List<Long> shape) {
    this.datatype = datatype;
    this.shape = shape;
    this.buffer =
        ByteBuffer.allocate(Math.toIntExact(Tensor.count(shape) * datatype.size()))
            .order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Rounds to the nearest that the type has; whole types cut off and stop at their ends. */
  Elements put(double value) {
    switch (datatype) {
      case FP64 -> buffer.putDouble(value);
      case FP32 -> buffer.putFloat((float) value);
      case FP16 -> buffer.putShort(Float.floatToFloat16((float) value));
      case BF16 -> buffer.putShort(bfloat16((float) value));
      case BOOL -> buffer.put((byte) (value != 0 ? 1 : 0));
      case UINT64 -> buffer.putLong(unsigned(value));
      default -> put((long) value);
    }
    return this;
  }

  /** Whole numbers stop at the ends of the type. */
  Elements put(long value) {
    switch (datatype) {
      case BOOL -> buffer.put((byte) (value != 0 ? 1 : 0));
      case UINT8 -> buffer.put((byte) Math.clamp(value, 0, 0xFF));
      case UINT16 -> buffer.putShort((short) Math.clamp(value, 0, 0xFFFF));
      case UINT32 -> buffer.putInt((int) Math.clamp(value, 0L, 0xFFFF_FFFFL));
      case UINT64 -> buffer.putLong(Math.max(0, value));
      case INT8 -> buffer.put((byte) Math.clamp(value, Byte.MIN_VALUE, Byte.MAX_VALUE));
      case INT16 -> buffer.putShort((short) Math.clamp(value, Short.MIN_VALUE, Short.MAX_VALUE));
      case INT32 -> buffer.putInt(Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case INT64 -> buffer.putLong(value);
      case FP16, BF16, FP32, FP64 -> put((double) value);
      case BYTES -> throw new IllegalArgumentException("a number is no text");
    }
    return this;
  }

  /** All 64 bits of a {@link Datatype#UINT64}. */
  Elements bits(long value) {
    buffer.putLong(value);
    return this;
  }

  /** Takes an element of a tensor of the same type as it is. */
  Elements copy(Tensor from, int index) {
    int size = datatype.size();
    for (int i = 0; i < size; i++) {
      buffer.put(from.numbers().get(index * size + i));
    }
    return this;
  }

  Tensor done() {
    buffer.flip();
    return Tensor.of(datatype, shape, buffer);
  }

  /** To the nearest, ties to even; NaN stays NaN. */
  private static short bfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) ((bits >>> 16) | 0x40);
    }
    return (short) ((bits + 0x7FFF + ((bits >>> 16) & 1)) >>> 16);
  }

  private static long unsigned(double value) {
    if (!(value > 0)) {
      return 0;
    }
    if (value >= 0x1p64) {
      return -1L;
    }
    return value < 0x1p63 ? (long) value : ((long) (value - 0x1p63)) | Long.MIN_VALUE;
  }
}
