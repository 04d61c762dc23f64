package dev.salver.compiler.cel;

/** Of how much of a range a comparison must hold. */
public enum Extent {
  /** All of it, as for what is required. */
  ALL,
  /** Any of it, as for what is denied: one value within it is one too many. */
  ANY;

  /** Under a {@code !}. */
  Extent negated() {
    return this == ALL ? ANY : ALL;
  }
}
