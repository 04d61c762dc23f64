package dev.salver.compiler.overlay;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Lays layers over each other, leaf by leaf: the last layer wins, maps merge, lists replace, and
 * within one layer nothing is written twice.
 */
final class Layering {
  private final SortedMap<Path, Effective> result = new TreeMap<>();
  private final Diagnostics diagnostics;

  private Layering(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  static SortedMap<Path, Effective> of(List<Layer> layers, Diagnostics diagnostics) {
    var layering = new Layering(diagnostics);
    for (int rank = 0; rank < layers.size(); rank++) {
      layering.lay(layers.get(rank), rank);
    }
    return layering.result;
  }

  private void lay(Layer layer, int rank) {
    Doubles.without(layer.title(), layer.leaves(), diagnostics)
        .forEach(leaf -> write(leaf, layer, rank));
  }

  private void write(Leaf leaf, Layer layer, int rank) {
    var replaced = new ArrayList<Effective>();
    for (var entry : result.tailMap(leaf.path()).entrySet()) {
      if (!entry.getKey().isWithin(leaf.path())) {
        break;
      }
      replaced.add(entry.getValue());
    }
    for (int size = 1; size < leaf.path().size(); size++) {
      Effective above = result.get(leaf.path().before(size));
      if (above != null) {
        replaced.add(above);
      }
    }
    for (Effective each : replaced) {
      if (each.leaf().isFinal()) {
        diagnostics.add(
            Diagnostic.of(
                    Code.SV3003,
                    leaf.at(),
                    "`" + each.leaf().path() + "` is final in " + each.layer().title())
                .relating(each.leaf().at(), "it is made final here")
                .fixedBy(leaf.removal()));
        return;
      }
    }
    var history = new ArrayList<Effective>();
    for (Effective each : replaced) {
      result.remove(each.leaf().path());
      history.addAll(each.overridden());
      history.add(each);
    }
    if (leaf.value() instanceof Expr.Unset) {
      if (replaced.isEmpty() && layer.named()) {
        diagnostics.add(
            Diagnostic.of(
                    Code.SV3005,
                    leaf.at(),
                    "`" + leaf.path() + "` is not set before, so there is nothing to unset")
                .fixedBy(leaf.removal()));
      }
      return;
    }
    result.put(leaf.path(), new Effective(leaf, layer, rank, history));
  }
}
