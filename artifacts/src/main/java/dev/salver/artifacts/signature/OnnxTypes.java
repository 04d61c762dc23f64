package dev.salver.artifacts.signature;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code TypeProto} and what is in it (onnx.proto of ONNX 1.19). */
final class OnnxTypes {
  private static final int MAX_DIMS = 64;
  private static final int MAX_NESTING = 8;

  /** By the numbers of {@code TensorProto.DataType}. */
  private static final List<ElementType> ELEMENTS =
      List.of(
          ElementType.F32,
          ElementType.U8,
          ElementType.I8,
          ElementType.U16,
          ElementType.I16,
          ElementType.I32,
          ElementType.I64,
          ElementType.STRING,
          ElementType.BOOL,
          ElementType.F16,
          ElementType.F64,
          ElementType.U32,
          ElementType.U64,
          ElementType.C64,
          ElementType.C128,
          ElementType.BF16,
          ElementType.F8E4M3FN,
          ElementType.F8E4M3FNUZ,
          ElementType.F8E5M2,
          ElementType.F8E5M2FNUZ,
          ElementType.U4,
          ElementType.I4,
          ElementType.F4E2M1,
          ElementType.F8E8M0,
          ElementType.U2,
          ElementType.I2);

  private final Wire wire;

  OnnxTypes(Wire wire) {
    this.wire = wire;
  }

  static Optional<ElementType> element(long code) {
    return code >= 1 && code <= ELEMENTS.size()
        ? Optional.of(ELEMENTS.get((int) code - 1))
        : Optional.empty();
  }

  /**
   * The type that starts here.
   *
   * @param depth 0 for a value's own
   */
  ValueType type(int depth) throws IOException, Malformed {
    if (depth == MAX_NESTING) {
      throw wire.malformed("a type is nested more than " + MAX_NESTING + " deep");
    }
    long outer = wire.enter();
    ValueType type = null;
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 | Wire.LENGTH -> {
          var parts = tensor();
          type = new ValueType.Tensor(parts.element(), parts.shape());
        }
        case 4 << 3 | Wire.LENGTH -> type = new ValueType.Sequence(wrapped(depth));
        case 5 << 3 | Wire.LENGTH -> type = dictionary(depth);
        case 8 << 3 | Wire.LENGTH -> {
          var parts = tensor();
          type = new ValueType.SparseTensor(parts.element(), parts.shape());
        }
        case 9 << 3 | Wire.LENGTH -> type = new ValueType.Maybe(wrapped(depth));
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    if (type == null) {
      throw wire.malformed("an input or output has a type that ONNX does not know");
    }
    return type;
  }

  private ValueType wrapped(int depth) throws IOException, Malformed {
    long outer = wire.enter();
    ValueType of = null;
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == (1 << 3 | Wire.LENGTH)) {
        of = type(depth + 1);
      } else {
        wire.skip(tag);
      }
    }
    wire.leave(outer);
    if (of == null) {
      throw wire.malformed("a sequence does not say of what");
    }
    return of;
  }

  private ValueType dictionary(int depth) throws IOException, Malformed {
    long outer = wire.enter();
    ElementType key = null;
    ValueType value = null;
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 -> key = element();
        case 2 << 3 | Wire.LENGTH -> value = type(depth + 1);
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    if (key == null || value == null) {
      throw wire.malformed("a map does not say from what to what");
    }
    return new ValueType.Dictionary(key, value);
  }

  private record Parts(ElementType element, Shape shape) {}

  private Parts tensor() throws IOException, Malformed {
    long outer = wire.enter();
    ElementType element = null;
    Shape shape = new Shape.Unranked();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 -> element = element();
        case 2 << 3 | Wire.LENGTH -> shape = shape();
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    if (element == null) {
      throw wire.malformed("a tensor does not say what its elements are");
    }
    return new Parts(element, shape);
  }

  private ElementType element() throws IOException, Malformed {
    long code = wire.varint();
    return element(code)
        .orElseThrow(
            () -> wire.malformed("there is no element type " + Long.toUnsignedString(code)));
  }

  private Shape shape() throws IOException, Malformed {
    long outer = wire.enter();
    List<Dim> dims = new ArrayList<>();
    while (wire.more()) {
      int tag = wire.tag();
      if (tag == (1 << 3 | Wire.LENGTH)) {
        dims.add(dim());
      } else {
        wire.skip(tag);
      }
      if (dims.size() > MAX_DIMS) {
        throw wire.malformed("a tensor has more than " + MAX_DIMS + " dimensions");
      }
    }
    wire.leave(outer);
    return new Shape.Ranked(dims);
  }

  private Dim dim() throws IOException, Malformed {
    long outer = wire.enter();
    Dim dim = new Dim.Unknown();
    while (wire.more()) {
      int tag = wire.tag();
      switch (tag) {
        case 1 << 3 -> {
          long size = wire.varint();
          dim = size < 0 ? new Dim.Unknown() : new Dim.Fixed(size);
        }
        case 2 << 3 | Wire.LENGTH -> {
          String name = wire.text();
          dim = name.isEmpty() ? new Dim.Unknown() : new Dim.Symbol(name);
        }
        default -> wire.skip(tag);
      }
    }
    wire.leave(outer);
    return dim;
  }
}
