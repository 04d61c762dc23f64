package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.source.Span;

/** How much loops may make, counted before it is made; going over it is told once. */
final class Budget {
  private static final int MAX = 10_000;

  private final Diagnostics diagnostics;
  private int left = MAX;

  Budget(Diagnostics diagnostics) {
    this.diagnostics = diagnostics;
  }

  /** One turn of a loop that makes this many things, or one where it makes none. */
  boolean take(long count, Span loop) {
    if (left < 0) {
      return false;
    }
    long all = Math.max(1, count);
    if (all <= left) {
      left -= (int) all;
      return true;
    }
    left = -1;
    diagnostics.add(
        Diagnostic.of(
            Code.SV0005, loop, "loops repeat more than " + MAX + " declarations or branches"));
    return false;
  }
}
