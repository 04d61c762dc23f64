package dev.salver.compiler.type;

/** One dimension of a tensor. */
public sealed interface Dim {
  /** A number, equal to itself alone. */
  record Size(long size) implements Dim {
    @Override
    public String toString() {
      return Long.toString(size);
    }
  }

  /** A symbol of the signature that it stands in; it binds once for each call. */
  record Symbol(String name) implements Dim {
    @Override
    public String toString() {
      return name;
    }
  }

  /** {@code ?}: fits anything. */
  record Unknown() implements Dim {
    @Override
    public String toString() {
      return "?";
    }
  }
}
