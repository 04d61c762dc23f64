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

  /** The protocol's name of an element type; empty where the protocol has none. */
  public static Optional<DataType> of(ElementType element) {
    return switch (element) {
      case F32 -> Optional.of(FP32);
      case F64 -> Optional.of(FP64);
      case F16 -> Optional.of(FP16);
      case BF16 -> Optional.of(BF16);
      case BOOL -> Optional.of(BOOL);
      case STRING -> Optional.of(BYTES);
      case U8 -> Optional.of(UINT8);
      case U16 -> Optional.of(UINT16);
      case U32 -> Optional.of(UINT32);
      case U64 -> Optional.of(UINT64);
      case I8 -> Optional.of(INT8);
      case I16 -> Optional.of(INT16);
      case I32 -> Optional.of(INT32);
      case I64 -> Optional.of(INT64);
      case BYTES -> Optional.of(BYTES);
      case C64, C128, F8E4M3FN, F8E4M3FNUZ, F8E5M2, F8E5M2FNUZ, F8E8M0, F4E2M1, U4, I4, U2, I2 ->
          Optional.empty();
    };
  }
}
