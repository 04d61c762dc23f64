package dev.salver.server.engine;

import dev.salver.artifacts.signature.Dim;
import dev.salver.artifacts.signature.ElementType;
import dev.salver.artifacts.signature.Shape;
import dev.salver.artifacts.signature.Signature;
import dev.salver.artifacts.signature.Value;
import dev.salver.artifacts.signature.ValueType;
import dev.salver.server.tensor.DataType;
import dev.salver.server.tensor.ModelSpec;
import dev.salver.server.tensor.TensorSpec;
import java.util.ArrayList;
import java.util.List;

/** ONNX signatures in the protocol's terms, or why a model can't be served through it. */
final class OnnxSpecs {
  private OnnxSpecs() {}

  /** A model that the protocol has no words for. */
  static final class Unservable extends Exception {
    private static final long serialVersionUID = 1;

    Unservable(String message) {
      super(message, null, false, false);
    }
  }

  static ModelSpec of(Signature signature) throws Unservable {
    if (signature.inputs().isEmpty()) {
      throw new Unservable("the model takes no inputs");
    }
    List<TensorSpec> inputs = new ArrayList<>();
    for (Value value : signature.inputs()) {
      inputs.add(tensor("input", value));
    }
    List<TensorSpec> outputs = new ArrayList<>();
    for (Value value : signature.outputs()) {
      outputs.add(
          scores(value.type())
              ? new TensorSpec(
                  value.name(),
                  DataType.FP32,
                  new Shape.Ranked(List.of(new Dim.Unknown(), new Dim.Unknown())))
              : tensor("output", value));
    }
    return new ModelSpec(inputs, outputs);
  }

  /** Whether it is what a ZipMap node gives: a map from class to score per row. */
  static boolean scores(ValueType type) {
    return type
            instanceof
            ValueType.Sequence(
                ValueType.Dictionary(
                    ElementType key,
                    ValueType.Tensor(ElementType value, Shape shape)))
        && (key == ElementType.I64 || key == ElementType.STRING)
        && value == ElementType.F32;
  }

  private static TensorSpec tensor(String side, Value value) throws Unservable {
    if (!(value.type() instanceof ValueType.Tensor(ElementType element, Shape shape))) {
      throw new Unservable(
          side
              + " \""
              + value.name()
              + "\" is "
              + kind(value.type())
              + "; only tensors can be served (for classifiers of skl2onnx, convert with zipmap=False)");
    }
    DataType type =
        DataType.of(element)
            .orElseThrow(
                () ->
                    new Unservable(
                        side
                            + " \""
                            + value.name()
                            + "\" has elements of type "
                            + element.word()
                            + ", which the Open Inference Protocol has no datatype for"));
    return new TensorSpec(value.name(), type, shape);
  }

  private static String kind(ValueType type) {
    return switch (type) {
      case ValueType.Tensor t -> "a tensor";
      case ValueType.SparseTensor t -> "a sparse tensor";
      case ValueType.Sequence s -> "a sequence";
      case ValueType.Dictionary d -> "a map";
      case ValueType.Maybe m -> "an optional value";
      case ValueType.Unknown u -> "of no known type";
    };
  }
}
