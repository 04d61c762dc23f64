package dev.salver.compiler.lint;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.compiler.overlay.Leaves;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A {@code where} that holds for no model. */
final class IdleSelector implements Rule {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var laid = new IdentityHashMap<SourceFile, NavigableSet<Integer>>();
    for (EnvironmentPlan plan : program.plans()) {
      for (ModelPlan model : plan.models()) {
        places(model.settings().all(), laid);
      }
    }
    for (EnvironmentPlan plan : program.plans()) {
      for (Resource environment : plan.environment().chain()) {
        for (Entry entry : environment.body()) {
          if (entry instanceof Resource patch && isIdle(patch, laid)) {
            findings.accept(finding(patch, program));
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

  private static Diagnostic finding(Resource patch, Subject program) {
    Expr where = patch.where();
    var diagnostic =
        Diagnostic.of(
            Code.SV4014,
            where == null ? patch.name().span() : where.span(),
            "this holds for no model, so that the patch changes nothing");
    return where == null
        ? diagnostic
        : meant(where, program)
            .map(diagnostic::fixedBy)
            .orElse(diagnostic)
            .fixedBy(Fix.remove("remove the patch", patch.span()).suggested());
  }

  /** A label's key or value that a model has, near to what is written. */
  private static Optional<Fix> meant(Expr where, Subject program) {
    if (!(where instanceof Expr.Binary compared)
        || !compared.operator().equals("==")
        || !(compared.left() instanceof Expr.Member label)
        || !label.target().span().text().equals("labels")) {
      return Optional.empty();
    }
    String value = Literals.text(compared.right()).orElse("");
    var keys = new TreeSet<String>();
    var values = new TreeSet<String>();
    for (Resource model : program.declarations().models().values()) {
      for (Leaf leaf : Leaves.of(model, new Diagnostics())) {
        if (leaf.path().first().equals("labels") && leaf.path().keys().size() == 2) {
          String key = leaf.path().keys().getLast();
          String text = Literals.text(leaf.value()).orElse("");
          if (text.equals(value)) {
            keys.add(key);
          }
          if (key.equals(label.name().text())) {
            values.add(text);
          }
        }
      }
    }
    return Spelling.nearest(label.name().text(), keys)
        .filter(WORD.asMatchPredicate())
        .map(key -> Fix.replace(label.name().span(), key))
        .or(
            () ->
                Spelling.nearest(value, values)
                    .map(near -> Fix.replace(compared.right().span(), "\"" + near + "\"")));
  }
}
