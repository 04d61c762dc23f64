package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Name;
import java.util.function.Consumer;

/** A name that repeats its kind. */
final class KindInName implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    program.declarations().models().values().forEach(each -> name("model", each.name(), findings));
    program.declarations().graphs().values().forEach(each -> name("graph", each.name(), findings));
    program
        .declarations()
        .environments()
        .values()
        .forEach(each -> name("env", each.name(), findings));
    program
        .declarations()
        .rollouts()
        .values()
        .forEach(each -> name("rollout", each.name(), findings));
  }

  private static void name(String kind, Name name, Consumer<Diagnostic> findings) {
    if (Unused.isOfProject(name)
        && (name.text().endsWith("-" + kind) || name.text().startsWith(kind + "-"))) {
      findings.accept(
          Diagnostic.of(
              Code.SV4033, name.span(), "`" + kind + " " + name + "` says `" + kind + "` twice"));
    }
  }
}
