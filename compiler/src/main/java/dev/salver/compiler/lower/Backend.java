package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Who runs a graph. */
sealed interface Backend {
  /**
   * KServe's router.
   *
   * @param nodes of the InferenceGraph
   */
  record KServe(ObjectNode nodes) implements Backend {}

  /** Salver's own. */
  record Salver(Callees callees) implements Backend {}
}
