package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.List;

/**
 * What syntax errors leave unknown in a file.
 *
 * @param broken declarations that hold an error: their names stand, but not all that they say
 * @param isLost whether a declaration is there of which not even kind and name can be told, so that
 *     whoever names it cannot be called wrong
 */
public record Damage(List<Span> broken, boolean isLost) {
  static final Damage NONE = new Damage(List.of(), false);

  public Damage {
    broken = List.copyOf(broken);
  }

  public boolean isNone() {
    return broken.isEmpty() && !isLost;
  }
}
