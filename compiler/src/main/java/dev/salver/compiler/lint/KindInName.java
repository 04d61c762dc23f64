package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Name;
import java.util.function.Consumer;

/** A name that repeats its kind. */
final class KindInName implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var declared = program.declarations();
    declared.models().values().forEach(each -> name("model", each.name(), program, findings));
    declared.graphs().values().forEach(each -> name("graph", each.name(), program, findings));
    declared.environments().values().forEach(each -> name("env", each.name(), program, findings));
    declared.rollouts().values().forEach(each -> name("rollout", each.name(), program, findings));
  }

  private static void name(String kind, Name name, Subject program, Consumer<Diagnostic> findings) {
    if (program.isOwn(name)
        && (name.text().endsWith("-" + kind) || name.text().startsWith(kind + "-"))) {
      var diagnostic =
          Diagnostic.of(
              Code.SV4033, name.span(), "`" + kind + " " + name + "` says `" + kind + "` twice");
      String without =
          name.text().endsWith("-" + kind)
              ? name.text().substring(0, name.text().length() - kind.length() - 1)
              : name.text().substring(kind.length() + 1);
      findings.accept(
          Renaming.of(name.text(), without, program.units())
              .map(diagnostic::fixedBy)
              .orElse(diagnostic));
    }
  }
}
