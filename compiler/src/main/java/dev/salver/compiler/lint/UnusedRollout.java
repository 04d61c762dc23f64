package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Name;
import java.util.function.Consumer;

/** A rollout that nothing uses. */
final class UnusedRollout implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Resource declared : program.declarations().rollouts().values()) {
      Name name = declared.name();
      if (program.isOwn(name) && !program.uses().word(name.text())) {
        findings.accept(Unused.of(Code.SV4007, "rollout", name, program));
      }
    }
  }
}
