package dev.salver.artifacts.signature;

/** What kind of value an input or output is. */
public sealed interface ValueType {
  /**
   * A dense tensor.
   *
   * @param shape {@link Shape.Unranked} where the artifact says nothing
   */
  record Tensor(ElementType element, Shape shape) implements ValueType {
    @Override
    public String toString() {
      return element.word() + shape;
    }
  }

  record Sequence(ValueType of) implements ValueType {
    @Override
    public String toString() {
      return "sequence(" + of + ")";
    }
  }

  record Dictionary(ElementType key, ValueType value) implements ValueType {
    @Override
    public String toString() {
      return "map(" + key.word() + ", " + value + ")";
    }
  }

  record Maybe(ValueType of) implements ValueType {
    @Override
    public String toString() {
      return "optional(" + of + ")";
    }
  }

  record SparseTensor(ElementType element, Shape shape) implements ValueType {
    @Override
    public String toString() {
      return "sparse(" + element.word() + shape + ")";
    }
  }

  /** The artifact has a value there and does not say which: a tensor of TorchScript, for one. */
  record Unknown() implements ValueType {
    @Override
    public String toString() {
      return "?";
    }
  }
}
