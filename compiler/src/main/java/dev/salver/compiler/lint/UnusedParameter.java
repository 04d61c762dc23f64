package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.function.Consumer;

/** A template's parameter that the template does not read. */
final class UnusedParameter implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (SourceUnit unit : program.units()) {
      for (Entry entry : unit.entries()) {
        if (entry instanceof Entry.Graph graph && !graph.parameters().isEmpty()) {
          check(graph, findings);
        }
      }
    }
  }

  private static void check(Entry.Graph graph, Consumer<Diagnostic> findings) {
    Uses inside = Uses.of(graph);
    for (Entry.Parameter parameter : graph.parameters()) {
      Name name = parameter.name();
      if (!inside.word(name.text()) && !inside.type(name.text())) {
        findings.accept(
            Diagnostic.of(
                Code.SV4037,
                name.span(),
                "`" + graph.name() + "` does not read its parameter `" + name + "`"));
      }
    }
  }
}
