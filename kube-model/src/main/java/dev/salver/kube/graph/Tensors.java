package dev.salver.kube.graph;

import java.math.BigDecimal;
import java.util.List;

/** Tensors of numbers that are written out. */
public final class Tensors {
  private Tensors() {}

  /** Numbers row by row, rounded to what the type has; 0 is false. */
  public static Tensor of(Datatype datatype, List<Long> shape, List<BigDecimal> numbers) {
    var elements = new Elements(datatype, shape);
    for (BigDecimal number : numbers) {
      if (datatype.isFloat()) {
        elements.put(number.doubleValue());
      } else if (datatype == Datatype.UINT64) {
        elements.bits(number.toBigInteger().longValue());
      } else {
        elements.put(number.longValue());
      }
    }
    return elements.done();
  }
}
