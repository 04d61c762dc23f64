package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import java.util.function.Consumer;

/** A param with one option. */
final class OneOption implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Entry.Param param : program.declarations().params().values()) {
      if (param.options() instanceof Expr.ListOf list
          && list.items().size() == 1
          && program.isOwn(param.name())) {
        findings.accept(
            Diagnostic.of(
                Code.SV4032, list.span(), "`" + param.name() + "` can have one value only"));
      }
    }
  }
}
