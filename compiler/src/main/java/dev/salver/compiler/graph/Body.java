package dev.salver.compiler.graph;

import java.util.List;

/** Steps one after the other, each may read those before it; the last one's value is the body's. */
public record Body(List<Step> steps) {
  public Body {
    steps = List.copyOf(steps);
  }

  public Step result() {
    return steps.getLast();
  }
}
