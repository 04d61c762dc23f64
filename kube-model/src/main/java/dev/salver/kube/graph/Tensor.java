package dev.salver.kube.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A tensor: numbers as they lie on the wire (little-endian, row by row), texts each by itself. What
 * the buffers hold must not be changed.
 *
 * @param shape {@code [1]} for a scalar
 * @param numbers empty for {@link Datatype#BYTES}
 * @param texts empty for anything else
 */
public record Tensor(
    Datatype datatype, List<Long> shape, ByteBuffer numbers, List<ByteBuffer> texts)
    implements Value {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0).asReadOnlyBuffer();

  public Tensor {
    shape = List.copyOf(shape);
    numbers = numbers.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    texts = List.copyOf(texts);
    long count = count(shape);
    boolean whole =
        datatype == Datatype.BYTES
            ? texts.size() == count && !numbers.hasRemaining()
            : numbers.remaining() == count * datatype.size() && texts.isEmpty();
    if (!whole) {
      throw new IllegalArgumentException(
          "a " + datatype + " tensor of shape " + shape + " has " + count + " elements");
    }
  }

  /** Numbers or truth values, as the wire's bytes. */
  public static Tensor of(Datatype datatype, List<Long> shape, ByteBuffer numbers) {
    return new Tensor(datatype, shape, numbers, List.of());
  }

  /** A scalar, of shape {@code [1]}. */
  public static Tensor scalar(Datatype datatype, double number) {
    return new Elements(datatype, List.of(1L)).put(number).done();
  }

  public static Tensor scalar(String text) {
    return texts(List.of(1L), List.of(text));
  }

  public static Tensor texts(List<Long> shape, List<String> texts) {
    return new Tensor(
        Datatype.BYTES,
        shape,
        NONE,
        texts.stream()
            .map(text -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)))
            .toList());
  }

  static Tensor bytes(List<Long> shape, List<ByteBuffer> texts) {
    return new Tensor(Datatype.BYTES, shape, NONE, texts);
  }

  public int count() {
    return (int) count(shape);
  }

  public boolean isScalar() {
    return count() == 1 && shape.size() <= 1;
  }

  /** An element as a number, truth as 1; whole numbers over 2^53 lose their last digits. */
  public double doubleAt(int index) {
    int at = index * datatype.size();
    return switch (datatype) {
      case FP64 -> numbers.getDouble(at);
      case FP32 -> numbers.getFloat(at);
      case FP16 -> Float.float16ToFloat(numbers.getShort(at));
      case BF16 -> Float.intBitsToFloat(numbers.getShort(at) << 16);
      case UINT64 -> unsigned(numbers.getLong(at));
      default -> longAt(index);
    };
  }

  /** An element as a whole number; those of {@link Datatype#UINT64} keep their 64 bits. */
  public long longAt(int index) {
    int at = index * datatype.size();
    return switch (datatype) {
      case BOOL -> numbers.get(at) == 0 ? 0 : 1;
      case UINT8 -> numbers.get(at) & 0xFF;
      case UINT16 -> numbers.getShort(at) & 0xFFFF;
      case UINT32 -> numbers.getInt(at) & 0xFFFF_FFFFL;
      case INT8 -> numbers.get(at);
      case INT16 -> numbers.getShort(at);
      case INT32 -> numbers.getInt(at);
      case UINT64, INT64 -> numbers.getLong(at);
      case FP16, BF16, FP32, FP64 -> (long) doubleAt(index);
      case BYTES -> throw new IllegalArgumentException("a text is no number");
    };
  }

  /** An element of {@link Datatype#BYTES} as text; what is not UTF-8 is shown as U+FFFD. */
  public String textAt(int index) {
    return StandardCharsets.UTF_8.decode(texts.get(index).duplicate()).toString();
  }

  /** {@code FP32[2, 3]}. */
  @Override
  public String toString() {
    return datatype + shape.toString();
  }

  static long count(List<Long> shape) {
    long count = 1;
    for (long size : shape) {
      if (size < 0 || (size > 0 && count > Integer.MAX_VALUE / size)) {
        throw new IllegalArgumentException("no tensor has the shape " + shape);
      }
      count *= size;
    }
    return count;
  }

  private static double unsigned(long bits) {
    return bits >= 0 ? bits : ((bits >>> 1) | (bits & 1)) * 2.0;
  }
}
