package dev.salver.artifacts.source;

/** What was asked for, or why it can't be had. */
public sealed interface Outcome<T> {
  record Ok<T>(T value) implements Outcome<T> {}

  record Failed<T>(Failure failure) implements Outcome<T> {}
}
