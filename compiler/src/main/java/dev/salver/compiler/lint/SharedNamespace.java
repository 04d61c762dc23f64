package dev.salver.compiler.lint;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.overlay.Environment;
import java.util.HashMap;
import java.util.function.Consumer;

/** Two environments that share a namespace. */
final class SharedNamespace implements Rule {
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
        findings.accept(
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
                    "`" + other.environment().name() + "` is declared here"));
      }
    }
  }
}
