package dev.salver.compiler.lint;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A {@code where} that holds for no model. */
final class IdleSelector implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var laid = new IdentityHashMap<SourceFile, NavigableSet<Integer>>();
    for (EnvironmentPlan plan : program.plans()) {
      for (ModelPlan model : plan.models()) {
        places(model.settings().all(), laid);
      }
    }
    var labels = Labels.of(program.plans());
    for (EnvironmentPlan plan : program.plans()) {
      for (Resource environment : plan.environment().chain()) {
        for (Entry entry : environment.body()) {
          if (entry instanceof Resource patch
              && !labels.misspelled(patch, findings)
              && isIdle(patch, laid)) {
            findings.accept(finding(patch));
          }
        }
      }
    }
  }

  private static void places(
      Collection<Effective> settings, IdentityHashMap<SourceFile, NavigableSet<Integer>> into) {
    for (Effective each : settings) {
      Span at = each.leaf().at();
      into.computeIfAbsent(at.file(), file -> new TreeSet<>()).add(at.start());
      places(each.overridden(), into);
    }
  }

  private static boolean isIdle(
      Resource patch, IdentityHashMap<SourceFile, NavigableSet<Integer>> laid) {
    Span span = patch.span();
    if (patch.where() == null || patch.body().isEmpty() || span.file().isLibrary()) {
      return false;
    }
    Integer first = laid.getOrDefault(span.file(), new TreeSet<>()).ceiling(span.start());
    return first == null || first >= span.end();
  }

  private static Diagnostic finding(Resource patch) {
    Expr where = patch.where();
    return Diagnostic.of(
            Code.SV4014,
            where == null ? patch.name().span() : where.span(),
            "this holds for no model, so that the patch changes nothing")
        .fixedBy(Fix.remove("remove the patch", patch.span()).suggested());
  }
}
