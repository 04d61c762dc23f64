package dev.salver.compiler.overlay;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Within one layer nothing is written twice. */
public final class Doubles {
  private Doubles() {}

  /**
   * Those that are written first.
   *
   * @param title of the layer, for people
   */
  public static List<Leaf> without(String title, List<Leaf> leaves, Diagnostics diagnostics) {
    var written = new TreeMap<Path, Leaf>();
    var first = new ArrayList<Leaf>();
    for (Leaf leaf : leaves) {
      Leaf earlier = overlapping(written, leaf);
      if (earlier == null) {
        written.put(leaf.path(), leaf);
        first.add(leaf);
      } else {
        diagnostics.add(
            Diagnostic.of(
                    Code.SV3001, leaf.at(), "`" + leaf.path() + "` is written twice in " + title)
                .relating(earlier.at(), "it is written here already")
                .fixedBy(leaf.removal()));
      }
    }
    return first;
  }

  private static @Nullable Leaf overlapping(SortedMap<Path, Leaf> written, Leaf leaf) {
    Leaf same = written.get(leaf.path());
    if (same != null) {
      return same;
    }
    for (int size = 1; size < leaf.path().size(); size++) {
      Leaf above = written.get(leaf.path().before(size));
      if (above != null) {
        return above;
      }
    }
    var below = written.tailMap(leaf.path());
    return !below.isEmpty() && below.firstKey().isWithin(leaf.path())
        ? below.get(below.firstKey())
        : null;
  }
}
