package dev.salver.server.codec;

import dev.salver.server.tensor.DataType;
import dev.salver.server.tensor.InputTensor;
import java.nio.ByteBuffer;

/**
 * Reads JSON values into a tensor of known type: flat, or nested as deep as the tensor has
 * dimensions.
 */
final class TensorReader {
  private final JsonCursor in;
  private final JsonNumbers numbers;

  TensorReader(JsonCursor in) {
    this.in = in;
    this.numbers = in.numbers();
  }

  /** Reads exactly the elements of a shape, from one flat list or from nested ones. */
  void shaped(InputTensor tensor, long[] shape) throws Refusal {
    long count = count(tensor, shape);
    if (in.peek() != '[') {
      throw new Refusal(
          "input \"" + tensor.spec().name() + "\": data is " + kind() + ", a list was expected");
    }
    int start = in.at();
    in.take('[');
    boolean nested = in.peek() == '[';
    in.to(start);
    if (nested && shape.length > 1) {
      rows(tensor, shape.clone(), 0, "data");
    } else {
      flat(tensor, count, shape);
    }
    tensor.shape(shape);
  }

  private long count(InputTensor tensor, long[] shape) throws Refusal {
    long count = 1;
    for (long size : shape) {
      count = size == 0 ? 0 : count > Integer.MAX_VALUE / size ? Integer.MAX_VALUE : count * size;
      if (size == 0) {
        break;
      }
    }
    long most = (in.end() - in.at()) / 2 + 1L;
    if (count > most) {
      throw in.wrong(
          "input \""
              + tensor.spec().name()
              + "\": shape "
              + Shapes.text(shape)
              + " needs more values than the body has");
    }
    tensor.reserve((int) Math.min(count * tensor.spec().type().size(), Integer.MAX_VALUE / 2) + 8);
    return count;
  }

  private void flat(InputTensor tensor, long count, long[] shape) throws Refusal {
    in.expect('[', "a list");
    long n = 0;
    if (!in.take(']')) {
      do {
        if (n == count) {
          throw wrongCount(tensor, "more than " + count, count, shape);
        }
        element(tensor);
        n++;
      } while (in.another(']'));
    }
    if (n < count) {
      throw wrongCount(tensor, Long.toString(n), count, shape);
    }
  }

  private static Refusal wrongCount(InputTensor tensor, String found, long count, long[] shape) {
    return new Refusal(
        "input \""
            + tensor.spec().name()
            + "\": data has "
            + found
            + " values, shape "
            + Shapes.text(shape)
            + " needs "
            + count);
  }

  /**
   * Reads the list of dimension {@code d} and all below it.
   *
   * @param sizes what each dimension must have; -1 is set to what the first list has
   * @param place what to call the list in messages
   */
  void rows(InputTensor tensor, long[] sizes, int d, String place) throws Refusal {
    if (d == sizes.length) {
      element(tensor);
      return;
    }
    if (in.peek() != '[') {
      if (scalarRow(sizes, d)) {
        for (int i = d; i < sizes.length; i++) {
          sizes[i] = 1;
        }
        element(tensor);
        return;
      }
      throw new Refusal(
          inputAt(tensor, place) + " is " + kind() + ", a list" + of(sizes[d]) + " was expected");
    }
    in.expect('[', "a list");
    long n = 0;
    if (!in.take(']')) {
      do {
        if (n == sizes[d]) {
          throw uneven(tensor, place, "more than " + n, sizes[d]);
        }
        if (d + 1 == sizes.length) {
          element(tensor);
        } else {
          rows(tensor, sizes, d + 1, d == 0 ? place + "[" + n + "]" : place);
        }
        n++;
      } while (in.another(']'));
    }
    if (sizes[d] < 0) {
      sizes[d] = n;
    } else if (n < sizes[d]) {
      throw uneven(tensor, place, Long.toString(n), sizes[d]);
    }
  }

  /**
   * A lone value stands for a row that can only hold one: {@code {"age": 5}} for {@code [batch,
   * 1]}.
   */
  private static boolean scalarRow(long[] sizes, int d) {
    for (int i = d; i < sizes.length; i++) {
      if (sizes[i] != 1) {
        return false;
      }
    }
    return d > 0;
  }

  private static Refusal uneven(InputTensor tensor, String place, String found, long wanted) {
    return new Refusal(
        inputAt(tensor, place)
            + " has "
            + found
            + " values where "
            + wanted
            + " were expected; the model's shape is "
            + tensor.spec().shapeText());
  }

  private static String inputAt(InputTensor tensor, String place) {
    return "input \"" + tensor.spec().name() + "\": " + place;
  }

  private static String of(long size) {
    return size < 0 ? "" : " of " + size;
  }

  /** Appends the value at the cursor. */
  private void element(InputTensor tensor) throws Refusal {
    DataType type = tensor.spec().type();
    try {
      if (type == DataType.BYTES) {
        want('"', type);
        String text = in.string();
        if (text.indexOf('\0') >= 0) {
          throw Refusal.value("it has a character U+0000, which no model can tell from its end");
        }
        tensor.text(text);
        return;
      }
      ByteBuffer to = tensor.room();
      switch (type) {
        case FP32 -> to.putFloat(real(type));
        case FP64 -> to.putDouble(real64(type));
        case FP16 -> to.putShort(half(real(type)));
        case BF16 -> to.putShort(brain(real(type)));
        case INT64 -> to.putLong(whole(type, Long.MIN_VALUE, Long.MAX_VALUE));
        case INT32 -> to.putInt((int) whole(type, Integer.MIN_VALUE, Integer.MAX_VALUE));
        case INT16 -> to.putShort((short) whole(type, Short.MIN_VALUE, Short.MAX_VALUE));
        case INT8 -> to.put((byte) whole(type, Byte.MIN_VALUE, Byte.MAX_VALUE));
        case UINT8 -> to.put((byte) whole(type, 0, 0xff));
        case UINT16 -> to.putShort((short) whole(type, 0, 0xffff));
        case UINT32 -> to.putInt((int) whole(type, 0, 0xffff_ffffL));
        case UINT64 -> {
          number(type);
          to.putLong(numbers.nextUnsigned());
        }
        case BOOL -> to.put((byte) (bool() ? 1 : 0));
        case BYTES -> throw new IllegalStateException("handled above");
      }
    } catch (Refusal e) {
      throw e.placed()
          ? e
          : new Refusal(
              "input \""
                  + tensor.spec().name()
                  + "\": element "
                  + tensor.count()
                  + " is wrong: "
                  + e.reason());
    }
  }

  private float real(DataType type) throws Refusal {
    int c = in.peek();
    if (c == 'n') {
      in.literal("null");
      return Float.NaN;
    }
    number(type);
    int at = in.at();
    float value = numbers.nextFloat();
    if (Float.isInfinite(value)) {
      throw tooLarge(type, at);
    }
    return value;
  }

  private double real64(DataType type) throws Refusal {
    if (in.peek() == 'n') {
      in.literal("null");
      return Double.NaN;
    }
    number(type);
    int at = in.at();
    double value = numbers.nextDouble();
    if (Double.isInfinite(value)) {
      throw tooLarge(type, at);
    }
    return value;
  }

  private static short half(float value) throws Refusal {
    short half = Float.floatToFloat16(value);
    if (Float.isInfinite(Float.float16ToFloat(half))) {
      throw Refusal.value(value + " is too large for FP16");
    }
    return half;
  }

  /** Rounds to the nearest, ties to even. */
  private static short brain(float value) throws Refusal {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return 0x7fc0;
    }
    short brain = (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
    if ((brain & 0x7fff) == 0x7f80) {
      throw Refusal.value(value + " is too large for BF16");
    }
    return brain;
  }

  private Refusal tooLarge(DataType type, int start) {
    int length = Math.min(in.at() - start, 40);
    String text =
        new String(in.bytes(), start, length, java.nio.charset.StandardCharsets.ISO_8859_1);
    return Refusal.value(text + " is too large for " + type);
  }

  private long whole(DataType type, long low, long high) throws Refusal {
    number(type);
    return numbers.nextLong(low, high);
  }

  private boolean bool() throws Refusal {
    int c = in.peek();
    if (c != 't' && c != 'f') {
      throw wrongKind(DataType.BOOL);
    }
    in.literal(c == 't' ? "true" : "false");
    return c == 't';
  }

  private void number(DataType type) throws Refusal {
    int c = in.peek();
    if (c != '-' && (c < '0' || c > '9')) {
      throw wrongKind(type);
    }
  }

  private void want(char c, DataType type) throws Refusal {
    if (in.peek() != c) {
      throw wrongKind(type);
    }
  }

  private Refusal wrongKind(DataType type) throws Refusal {
    return Refusal.value("it is " + kind() + ", " + type + " was expected");
  }

  /** What kind of value is here; what is none is malformed. */
  private String kind() throws Refusal {
    int c = in.peek();
    int at = in.at();
    String kind =
        switch (c) {
          case '[' -> "a list";
          case '{' -> "an object";
          case '"' -> "a string";
          case 't', 'f' -> "a boolean";
          case 'n' -> "null";
          default -> "a number";
        };
    if (c != '[' && c != '{') {
      in.skip();
      in.to(at);
    }
    return kind;
  }
}
