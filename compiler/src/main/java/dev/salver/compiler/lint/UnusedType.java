package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Name;
import java.util.function.Consumer;

/** A type that nothing uses. */
final class UnusedType implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Entry.TypeDecl declared : program.declarations().types().values()) {
      Name name = declared.name();
      if (program.isOwn(name) && !program.uses().type(name.text())) {
        findings.accept(Unused.of(Code.SV4004, "type", name, program));
      }
    }
  }
}
