package dev.salver.compiler.cel;

/** What running an expression came to. */
public sealed interface Outcome {
  /** A value, as {@link Shape} says. */
  record Value(Object value) implements Outcome {}

  /** The expression reads what is not set. A condition never comes to this: it is false. */
  record NotSet() implements Outcome {}

  /** It has no value: a division by zero, a function that failed. In words for the user. */
  record Failed(String why) implements Outcome {}

  /** Whether a condition holds. */
  default boolean holds() {
    return this instanceof Value(Object value) && value.equals(true);
  }
}
