package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Allowances;
import dev.salver.compiler.diagnostic.Allowances.Allowance;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;

/** An {@code @allow} that accepts nothing: what it was written for is gone. */
public final class IdleAllowances {
  private IdleAllowances() {}

  /**
   * @param found all warnings and lints, those that are accepted among them
   */
  public static List<Diagnostic> of(Allowances allowances, List<Diagnostic> found) {
    var used = Collections.newSetFromMap(new IdentityHashMap<Allowance, Boolean>());
    found.forEach(each -> allowances.of(each).ifPresent(used::add));
    return allowances.all().stream()
        .filter(each -> !used.contains(each) && !each.at().file().isLibrary())
        .map(
            each ->
                Diagnostic.of(
                        Code.SV4022,
                        each.at(),
                        "nothing here is " + each.code() + ", so there is nothing to allow")
                    .fixedBy(removal(each)))
        .toList();
  }

  /** What follows takes its place; what documents the declaration stays. */
  private static Fix removal(Allowance allowance) {
    Span at = allowance.at();
    String text = at.file().text();
    int next = at.end();
    while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return Fix.delete(
        "remove `@allow(" + allowance.code() + ", …)`", new Span(at.file(), at.start(), next));
  }
}
