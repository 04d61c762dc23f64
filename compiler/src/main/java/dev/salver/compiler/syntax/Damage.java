package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.List;

/**
 * What syntax errors leave unknown in a file.
 *
 * @param broken declarations that hold an error: their names stand, but not all that they say
 * @param unknown texts and settings of which only the value is not known; all around them is
 * @param isLost whether a declaration is there of which not even kind and name can be told, so that
 *     whoever names it cannot be called wrong
 */
public record Damage(List<Span> broken, List<Span> unknown, boolean isLost) {
  static final Damage NONE = new Damage(List.of(), List.of(), false);

  public Damage {
    broken = List.copyOf(broken);
    unknown = List.copyOf(unknown);
  }

  public boolean isNone() {
    return broken.isEmpty() && unknown.isEmpty() && !isLost;
  }
}
