package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Name;
import java.util.function.Consumer;

/** A template that nothing instantiates. */
final class UnusedTemplate implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Entry.Graph graph : program.declarations().graphs().values()) {
      Name name = graph.name();
      if (graph.isTemplate() && program.isOwn(name) && !program.uses().word(name.text())) {
        findings.accept(Unused.of(Code.SV4008, "template", name, program));
      }
    }
  }
}
