package dev.salver.kube.graph;

import java.util.Arrays;
import java.util.Optional;

/** Element types of tensors, as the Open Inference Protocol writes them, and {@code BF16}. */
public enum Datatype {
  BOOL(1),
  UINT8(1),
  UINT16(2),
  UINT32(4),
  UINT64(8),
  INT8(1),
  INT16(2),
  INT32(4),
  INT64(8),
  FP16(2),
  BF16(2),
  FP32(4),
  FP64(8),
  BYTES(0);

  private final int size;

  Datatype(int size) {
    this.size = size;
  }

  public static Optional<Datatype> of(String word) {
    return Arrays.stream(values()).filter(each -> each.name().equals(word)).findFirst();
  }

  /** Bytes of one element; 0 for {@link #BYTES}, whose elements have a length each. */
  public int size() {
    return size;
  }

  public boolean isFloat() {
    return this == FP16 || this == BF16 || this == FP32 || this == FP64;
  }

  public boolean isInteger() {
    return this != BOOL && this != BYTES && !isFloat();
  }
}
