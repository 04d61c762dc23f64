package dev.salver.compiler.cel;

import java.util.List;
import java.util.Optional;

/** How values are reached in CEL: when compiling, or inside of a cluster. */
public interface Dialect {
  /**
   * Reads what stands under a path of words; empty where it cannot be said here.
   *
   * @param path the variable first
   * @param shape what the value is
   */
  Optional<Read> read(List<String> path, Shape shape);

  /** Whether a value, or anything below it, is set; empty where it cannot be said here. */
  Optional<String> isSet(List<String> path);

  /** Whether there are Salver's own functions beside those of CEL and Kubernetes. */
  boolean hasOwnFunctions();

  /**
   * @param value the value as CEL
   * @param guard CEL that holds where the value is set; empty where it always is
   */
  record Read(String value, String guard) {}
}
