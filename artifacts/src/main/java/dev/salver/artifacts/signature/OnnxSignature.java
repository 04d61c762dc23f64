package dev.salver.artifacts.signature;

import java.util.List;
import java.util.Map;

/**
 * What an ONNX model declares about itself (onnx.proto, {@code ModelProto} and {@code GraphProto}).
 *
 * @param opsets version by operator domain, the standard domain as ""
 * @param inputs in the graph's order, without those that an initializer fills
 * @param outputs in the graph's order
 */
public record OnnxSignature(
    long irVersion,
    String producer,
    Map<String, Long> opsets,
    List<Value> inputs,
    List<Value> outputs) {

  public OnnxSignature {
    opsets = Map.copyOf(opsets);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** A named input or output. */
  public record Value(String name, ValueType type) {}

  /** What kind of value it is. */
  public sealed interface ValueType {
    /**
     * A dense tensor.
     *
     * @param shape {@link Shape.Unranked} where the file says nothing
     */
    record Tensor(ElementType element, Shape shape) implements ValueType {}

    record Sequence(ValueType of) implements ValueType {}

    record Dictionary(ElementType key, ValueType value) implements ValueType {}

    record Maybe(ValueType of) implements ValueType {}

    record SparseTensor(ElementType element, Shape shape) implements ValueType {}
  }

  /** The dims of a tensor, or nothing known about them. */
  public sealed interface Shape {
    record Ranked(List<Dim> dims) implements Shape {
      public Ranked {
        dims = List.copyOf(dims);
      }
    }

    record Unranked() implements Shape {}
  }

  /** One dimension. */
  public sealed interface Dim {
    record Fixed(long size) implements Dim {}

    /** Dims of one name have one size in a run. */
    record Symbol(String name) implements Dim {}

    record Unknown() implements Dim {}
  }
}
