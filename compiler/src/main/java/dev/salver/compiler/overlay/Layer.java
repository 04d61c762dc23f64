package dev.salver.compiler.overlay;

import java.util.List;

/**
 * The leaves that one layer writes.
 *
 * @param title for people: "`model *` in `prod`"
 * @param named whether it speaks of one declaration by name, rather than of many
 */
public record Layer(String title, boolean named, List<Leaf> leaves) {
  public Layer {
    leaves = List.copyOf(leaves);
  }
}
