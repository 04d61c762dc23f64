package dev.salver.kube.graph;

import java.util.ArrayList;
import java.util.List;

/** Tensors as values of an expression: lists in lists of texts, numbers and truth values. */
public final class TensorValues {
  private TensorValues() {}

  /** A list per dimension; the element itself where there is none. */
  public static Object rows(Tensor tensor) {
    return tensor.shape().isEmpty() ? element(tensor, 0) : rows(tensor, 0, 0, tensor.count());
  }

  private static List<Object> rows(Tensor tensor, int dim, int from, int count) {
    var rows = new ArrayList<Object>();
    int size = tensor.shape().get(dim).intValue();
    int each = size == 0 ? 0 : count / size;
    for (int i = 0; i < size; i++) {
      rows.add(
          dim + 1 == tensor.shape().size()
              ? element(tensor, from + i)
              : rows(tensor, dim + 1, from + i * each, each));
    }
    return rows;
  }

  /** The element at an index in row-major order. */
  public static Object element(Tensor tensor, int index) {
    return switch (tensor.datatype()) {
      case BOOL -> tensor.longAt(index) == 1;
      case FP16, BF16, FP32, FP64 -> shortest(tensor, index);
      case UINT64 -> {
        long bits = tensor.longAt(index);
        yield bits >= 0 ? (Object) bits : (Object) tensor.doubleAt(index);
      }
      case BYTES -> tensor.textAt(index);
      default -> tensor.longAt(index);
    };
  }

  /** So that 0.9 of a model with single precision is the 0.9 of an expression. */
  private static Object shortest(Tensor tensor, int index) {
    double value = tensor.doubleAt(index);
    return tensor.datatype() == Datatype.FP32 && Math.abs(value) <= Float.MAX_VALUE
        ? Double.parseDouble(Float.toString((float) value))
        : value;
  }
}
