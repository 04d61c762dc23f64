package dev.salver.compiler.lint;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Leaf;
import java.util.Optional;
import java.util.function.Consumer;

/** A setting that says what held before. */
final class RepeatedValue implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (EnvironmentPlan plan : program.plans()) {
      for (ModelPlan model : plan.models()) {
        for (Effective each : model.settings().all()) {
          repeated(each).ifPresent(before -> findings.accept(finding(each, before, program)));
        }
      }
    }
  }

  /** What held before, where the last layer that was laid over it says the same. */
  private static Optional<Effective> repeated(Effective each) {
    if (each.overridden().isEmpty() || each.leaf().at().file().isLibrary()) {
      return Optional.empty();
    }
    Effective before = each.overridden().getLast();
    boolean same =
        before.leaf().path().equals(each.leaf().path())
            && !before.leaf().at().file().isLibrary()
            && before.layer().named()
            && before.leaf().value().span().text().equals(each.leaf().value().span().text());
    return same ? Optional.of(before) : Optional.empty();
  }

  private static Diagnostic finding(Effective each, Effective before, Subject program) {
    Leaf leaf = each.leaf();
    var diagnostic =
        Diagnostic.of(
                Code.SV4012,
                leaf.at(),
                "`" + leaf.path() + "` is " + leaf.value().span().text() + " already without this")
            .relating(before.leaf().at(), "it is set here");
    return program
        .statements()
        .removal("remove the setting", leaf.at())
        .map(diagnostic::fixedBy)
        .orElse(diagnostic);
  }
}
