package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Name;
import java.util.function.Consumer;

/** A policy on a kind that the program does not declare. */
final class IdlePolicy implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Resource policy : program.declarations().policies().values()) {
      Name on = policy.on();
      if (on != null && program.isOwn(policy.name()) && isEmpty(on.text(), program)) {
        var diagnostic =
            Diagnostic.of(
                Code.SV4029,
                on.span(),
                "the program declares no " + on + ", so the policy never applies");
        findings.accept(
            program
                .statements()
                .removal("remove the policy `" + policy.name() + "`", policy.name().span())
                .map(fix -> diagnostic.fixedBy(fix.suggested()))
                .orElse(diagnostic));
      }
    }
  }

  private static boolean isEmpty(String kind, Subject program) {
    return switch (kind) {
      case "model" -> program.declarations().models().isEmpty();
      case "graph" ->
          program.declarations().graphs().values().stream().allMatch(Entry.Graph::isTemplate);
      case "rollout" -> program.declarations().rollouts().isEmpty();
      default -> false;
    };
  }
}
