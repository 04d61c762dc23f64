package dev.salver.compiler.value;

import dev.salver.compiler.syntax.Expr;
import java.util.Optional;

/**
 * What an expression reads beside its scope: the settings of a declaration, by name. Only words and
 * paths that begin with one are asked for; empty leaves them to the scope.
 */
public interface Reading {
  /** Reads nothing: every name is the scope's. */
  Reading NOTHING = path -> Optional.empty();

  /** What a name stands for; {@link Value.Unset} where it names what is not set. */
  Optional<Value> value(Expr path);

  /** The same on the left of a comparison. */
  default Optional<Value> compared(Expr path) {
    return Optional.empty();
  }
}
