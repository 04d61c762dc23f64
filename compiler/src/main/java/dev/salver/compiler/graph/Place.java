package dev.salver.compiler.graph;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Types;
import dev.salver.compiler.typing.Shape;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where in a program a flow stands, and what its words mean there.
 *
 * @param owner the graph or template that it is written in
 * @param scope inputs and steps
 * @param callables services, and parameters that stand for one
 * @param constants what is known when compiling, by name
 * @param later steps that come at any time in the same graph
 * @param goal what the flow has to give, if its value is the graph's
 */
record Place(
    String owner,
    Scope scope,
    Callables callables,
    Types types,
    Map<String, Shape> constants,
    Later later,
    @Nullable Goal goal,
    int depth) {
  /**
   * The output that a graph or an instance declares.
   *
   * @param declared where it says so
   * @param isWritten whether its type stands there itself, and not by name
   */
  record Goal(String graph, Signature signature, Span declared, boolean isWritten) {}

  Place inner() {
    return new Place(owner, scope.inner(), callables, types, constants, later, goal, depth + 1);
  }

  /** The same, but the value is not the graph's. */
  Place within() {
    return goal == null
        ? this
        : new Place(owner, scope, callables, types, constants, later, null, depth);
  }

  Place with(Callables other, Map<String, Shape> known) {
    return new Place(owner, scope, other, types, known, later, goal, depth);
  }
}
