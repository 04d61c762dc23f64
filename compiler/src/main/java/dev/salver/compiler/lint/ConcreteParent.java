package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Name;
import java.util.function.Consumer;

/** An environment that extends one that is deployed itself. */
final class ConcreteParent implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Resource each : program.declarations().environments().values()) {
      Name parent = each.parent();
      Resource extended =
          parent == null ? null : program.declarations().environments().get(parent.text());
      if (parent != null && extended != null && extended.annotation("abstract").isEmpty()) {
        var diagnostic =
            Diagnostic.of(
                    Code.SV4011,
                    parent.span(),
                    "`"
                        + each.name()
                        + "` inherits all that is set for `"
                        + parent
                        + "`, which is deployed itself")
                .relating(extended.name().span(), "`" + parent + "` is declared here");
        findings.accept(
            Extraction.of(extended, program.declarations().environments().values())
                .filter(fix -> program.isOwn(extended.name()))
                .map(diagnostic::fixedBy)
                .orElse(diagnostic));
      }
    }
  }
}
