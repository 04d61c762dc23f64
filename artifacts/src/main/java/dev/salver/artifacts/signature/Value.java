package dev.salver.artifacts.signature;

/** A named input or output. */
public record Value(String name, ValueType type) {
  @Override
  public String toString() {
    return name + ": " + type;
  }
}
