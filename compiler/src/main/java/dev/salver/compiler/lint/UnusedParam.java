package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Name;
import java.util.function.Consumer;

/** A param that nothing uses. */
final class UnusedParam implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Entry.Param declared : program.declarations().params().values()) {
      Name name = declared.name();
      if (program.isOwn(name) && !program.uses().word(name.text())) {
        findings.accept(Unused.of(Code.SV4002, "param", name, program));
      }
    }
  }
}
