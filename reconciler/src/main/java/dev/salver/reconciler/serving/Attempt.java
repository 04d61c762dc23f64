package dev.salver.reconciler.serving;

import java.util.function.Function;

/** A value, or why there is none. */
sealed interface Attempt<T> {
  record Done<T>(T value) implements Attempt<T> {}

  record Failed<T>(Failure failure) implements Attempt<T> {}

  static <T> Attempt<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Attempt<T> failed(Failure failure) {
    return new Failed<>(failure);
  }

  default <R> Attempt<R> then(Function<T, Attempt<R>> next) {
    return switch (this) {
      case Done<T>(T value) -> next.apply(value);
      case Failed<T>(Failure failure) -> new Failed<>(failure);
    };
  }
}
