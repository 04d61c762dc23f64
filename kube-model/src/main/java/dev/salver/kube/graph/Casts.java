package dev.salver.kube.graph;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;

/**
 * Another element type. Numbers cut off their places on the way to whole types and stop at the ends
 * of those; truth is not 0; a text is read as a number, a number written as a text.
 */
final class Casts {
  private Casts() {}

  /**
   * @throws IllegalArgumentException in words for a client, where a text is no number or the value
   *     is JSON
   */
  static Value cast(Value value, Datatype to) {
    return switch (value) {
      case Tensor tensor -> tensor(tensor, to);
      case Value.Fields fields -> {
        var cast = new LinkedHashMap<String, Value>();
        fields.values().forEach((name, each) -> cast.put(name, cast(each, to)));
        yield new Value.Fields(cast);
      }
      case Value.Json json -> throw new IllegalArgumentException("JSON has no element type");
    };
  }

  private static Tensor tensor(Tensor from, Datatype to) {
    if (from.datatype() == to) {
      return from;
    }
    if (to == Datatype.BYTES) {
      var texts = new ArrayList<String>();
      for (int i = 0; i < from.count(); i++) {
        texts.add(text(from, i));
      }
      return Tensor.texts(from.shape(), texts);
    }
    var elements = new Elements(to, from.shape());
    for (int i = 0; i < from.count(); i++) {
      if (from.datatype() == Datatype.BYTES) {
        elements.put(number(from.textAt(i)));
      } else if (from.datatype().isFloat() || to.isFloat()) {
        elements.put(from.doubleAt(i));
      } else if (from.datatype() == Datatype.UINT64 && from.longAt(i) < 0) {
        elements.put(Long.MAX_VALUE);
      } else {
        elements.put(from.longAt(i));
      }
    }
    return elements.done();
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("a text of the value is no number", e);
    }
  }

  private static String text(Tensor from, int i) {
    return switch (from.datatype()) {
      case BOOL -> Boolean.toString(from.longAt(i) == 1);
      case FP16, BF16, FP32 -> Float.toString((float) from.doubleAt(i));
      case FP64 -> Double.toString(from.doubleAt(i));
      case UINT64 -> new BigInteger(Long.toUnsignedString(from.longAt(i))).toString();
      default -> Long.toString(from.longAt(i));
    };
  }
}
