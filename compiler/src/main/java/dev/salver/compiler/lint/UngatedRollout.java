package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import java.util.function.Consumer;

/** A rollout without gates. */
final class UngatedRollout implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Resource rollout : program.declarations().rollouts().values()) {
      boolean gated =
          rollout.body().stream()
              .anyMatch(
                  entry ->
                      entry instanceof Entry.Assertion assertion
                          && assertion.word().text().equals("gate"));
      if (!gated && program.isOwn(rollout.name())) {
        findings.accept(
            Diagnostic.of(
                    Code.SV4026,
                    rollout.name().span(),
                    "nothing stops `" + rollout.name() + "`: it has no `gate`")
                .fixedBy(rollout.adding("gate errors < 1%").suggested()));
      }
    }
  }
}
