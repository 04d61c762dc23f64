package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.function.Consumer;

/** A loop over one item. */
final class LoopOverOne implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (SourceUnit unit : program.units()) {
      for (Entry entry : unit.entries()) {
        if (entry instanceof Entry.ForEach each
            && each.list() instanceof Expr.ListOf list
            && list.items().size() == 1) {
          var diagnostic =
              Diagnostic.of(Code.SV4031, list.span(), "`for each` over one item is that item");
          findings.accept(
              list.items()
                  .getFirst()
                  .plainText()
                  .flatMap(item -> Unrolling.of(each, item, unit, program.units()))
                  .map(diagnostic::fixedBy)
                  .orElse(diagnostic));
        }
      }
    }
  }
}
