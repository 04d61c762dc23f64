package dev.salver.compiler.lint;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.HashMap;
import java.util.Optional;
import java.util.function.Consumer;

/** Two environments that share a namespace. */
final class SharedNamespace implements Rule {
  /** Characters of a model's name and its namespace that fit into any host. */
  private static final int LONGEST = 50;

  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var first = new HashMap<String, EnvironmentPlan>();
    for (EnvironmentPlan plan : program.plans()) {
      Environment environment = plan.environment();
      if (environment.isLocal()) {
        continue;
      }
      EnvironmentPlan other = first.putIfAbsent(plan.namespace(), plan);
      if (other != null) {
        var diagnostic =
            Diagnostic.of(
                    Code.SV4024,
                    environment.at(),
                    "`"
                        + environment.name()
                        + "` and `"
                        + other.environment().name()
                        + "` share the namespace `"
                        + plan.namespace()
                        + "`")
                .relating(
                    other.environment().at(),
                    "`" + other.environment().name() + "` is declared here");
        findings.accept(own(plan, program).map(diagnostic::fixedBy).orElse(diagnostic));
      }
    }
  }

  /** A namespace that takes the environment's name: where it is said, else in the environment. */
  private static Optional<Fix> own(EnvironmentPlan plan, Subject program) {
    Environment environment = plan.environment();
    Resource declared = environment.chain().getLast();
    Effective said = environment.settings().get(Path.of("namespace"));
    int longest = plan.models().stream().mapToInt(each -> each.name().length()).max().orElse(0);
    int length = plan.namespace().length() + 1 + environment.name().length();
    if (declared.span().file().isLibrary() || longest + length > LONGEST) {
      return Optional.empty();
    }
    if (said != null
        && said.leaf().value() instanceof Expr.Text text
        && isOfOneOrNone(said.leaf().at(), environment)) {
      Span value = text.span();
      String written = value.text().substring(0, value.text().length() - 1) + "-${env}\"";
      return Optional.of(Fix.replace(value, written).suggested());
    }
    return program
        .declarations()
        .project()
        .map(
            project ->
                declared.adding("namespace = \"" + project.name() + "-${env}\"").suggested());
  }

  /** Whether the environment that says it is this one, or none that is deployed itself. */
  private static boolean isOfOneOrNone(Span at, Environment environment) {
    return environment.chain().stream()
        .filter(each -> each.span().file() == at.file())
        .filter(each -> each.span().start() <= at.start() && at.end() <= each.span().end())
        .anyMatch(
            each ->
                each.annotation("abstract").isPresent()
                    || each.name().text().equals(environment.name()));
  }
}
