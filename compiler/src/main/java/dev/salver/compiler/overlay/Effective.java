package dev.salver.compiler.overlay;

import java.util.List;

/**
 * The leaf that holds in an environment.
 *
 * @param rank place of its layer in the order of layers
 * @param overridden what earlier layers wrote, the earliest first
 */
public record Effective(Leaf leaf, Layer layer, int rank, List<Effective> overridden) {
  public Effective {
    overridden = List.copyOf(overridden);
  }
}
