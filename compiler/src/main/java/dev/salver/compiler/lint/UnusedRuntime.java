package dev.salver.compiler.lint;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Name;
import java.util.HashSet;
import java.util.function.Consumer;

/** A runtime that no model runs on. */
final class UnusedRuntime implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var used = new HashSet<String>();
    for (EnvironmentPlan plan : program.plans()) {
      for (ModelPlan model : plan.models()) {
        model.runtime().ifPresent(runtime -> used.add(runtime.name()));
      }
    }
    for (Resource declared : program.declarations().runtimes().values()) {
      Name name = declared.name();
      boolean named = used.contains(name.text()) || program.uses().runtime(name.text());
      if (program.isOwn(name) && !named) {
        findings.accept(Unused.of(Code.SV4006, "runtime", name, program));
      }
    }
  }
}
