package dev.salver.artifacts.signature;

/** One dimension of a tensor. */
public sealed interface Dim {
  /** The rows of a request, where a format leaves the first dim to the caller. */
  Dim BATCH = new Symbol("batch");

  record Fixed(long size) implements Dim {
    @Override
    public String toString() {
      return Long.toString(size);
    }
  }

  /** Dims of one name have one size in a call. */
  record Symbol(String name) implements Dim {
    @Override
    public String toString() {
      return name;
    }
  }

  record Unknown() implements Dim {
    @Override
    public String toString() {
      return "?";
    }
  }
}
