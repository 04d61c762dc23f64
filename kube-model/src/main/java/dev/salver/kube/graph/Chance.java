package dev.salver.kube.graph;

/** Draws for splits and shadows; each step draws once a request, whatever runs beside it. */
@FunctionalInterface
public interface Chance {
  /** From 0 to 100, without 100. */
  double draw(String step);
}
