package dev.salver.server.tensor;

import dev.salver.artifacts.signature.ElementType;
import java.util.Optional;

/** The datatypes of the Open Inference Protocol, named as there. */
public enum DataType {
  BOOL(1, Family.BOOL),
  UINT8(1, Family.INTEGER),
  UINT16(2, Family.INTEGER),
  UINT32(4, Family.INTEGER),
  UINT64(8, Family.INTEGER),
  INT8(1, Family.INTEGER),
  INT16(2, Family.INTEGER),
  INT32(4, Family.INTEGER),
  INT64(8, Family.INTEGER),
  FP16(2, Family.FLOAT),
  BF16(2, Family.FLOAT),
  FP32(4, Family.FLOAT),
  FP64(8, Family.FLOAT),
  BYTES(0, Family.TEXT);

  private final int size;
  private final Family family;

  DataType(int size, Family family) {
    this.size = size;
    this.family = family;
  }

  private enum Family {
    BOOL,
    INTEGER,
    FLOAT,
    TEXT
  }

  /** Bytes of one element, 0 for BYTES whose elements vary. */
  public int size() {
    return size;
  }

  public boolean floating() {
    return family == Family.FLOAT;
  }

  public boolean integer() {
    return family == Family.INTEGER;
  }

  /**
   * Whether JSON numbers declared as {@code declared} may be read as this type. Clients declare
   * what their own arrays are (Python's are FP64), so numbers are taken as long as nothing but
   * precision is at stake: any number for floats, whole numbers for integers, each checked against
   * the range.
   */
  public boolean accepts(DataType declared) {
    return declared == this
        || (floating() && (declared.floating() || declared.integer()))
        || (integer() && declared.integer());
  }

  /** By the protocol's name. */
  public static Optional<DataType> named(String name) {
    for (DataType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The protocol's name of an ONNX element type; empty where the protocol has none. */
  public static Optional<DataType> of(ElementType element) {
    return switch (element) {
      case FLOAT -> Optional.of(FP32);
      case DOUBLE -> Optional.of(FP64);
      case FLOAT16 -> Optional.of(FP16);
      case BFLOAT16 -> Optional.of(BF16);
      case BOOL -> Optional.of(BOOL);
      case STRING -> Optional.of(BYTES);
      case UINT8 -> Optional.of(UINT8);
      case UINT16 -> Optional.of(UINT16);
      case UINT32 -> Optional.of(UINT32);
      case UINT64 -> Optional.of(UINT64);
      case INT8 -> Optional.of(INT8);
      case INT16 -> Optional.of(INT16);
      case INT32 -> Optional.of(INT32);
      case INT64 -> Optional.of(INT64);
      case COMPLEX64,
          COMPLEX128,
          FLOAT8E4M3FN,
          FLOAT8E4M3FNUZ,
          FLOAT8E5M2,
          FLOAT8E5M2FNUZ,
          FLOAT8E8M0,
          FLOAT4E2M1,
          UINT4,
          INT4,
          UINT2,
          INT2 ->
          Optional.empty();
    };
  }
}
