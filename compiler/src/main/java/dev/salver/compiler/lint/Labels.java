package dev.salver.compiler.lint;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The labels that models have in any environment, and what a selector may have meant by others. */
final class Labels {
  private static final Path LABELS = Path.of("labels");
  private static final Set<String> COMPARISONS = Set.of("==", "!=", "in");

  /** Values by key; a key may have others where one is not written out. */
  private final Map<String, Set<String>> values = new TreeMap<>();

  private final Set<String> open = new TreeSet<>();

  private Labels() {}

  static Labels of(Collection<EnvironmentPlan> plans) {
    var labels = new Labels();
    for (EnvironmentPlan plan : plans) {
      for (ModelPlan model : plan.models()) {
        labels.collect(model.settings().all());
      }
    }
    return labels;
  }

  private void collect(Collection<Effective> settings) {
    for (Effective each : settings) {
      Path path = each.leaf().path();
      if (path.isWithin(LABELS) && path.size() == 2) {
        String key = path.keys().getLast();
        Set<String> known = values.computeIfAbsent(key, missing -> new TreeSet<>());
        each.leaf().value().plainText().ifPresentOrElse(known::add, () -> open.add(key));
      }
      collect(each.overridden());
    }
  }

  /** Tells the labels of a selector that no model has where one has almost the same. */
  boolean misspelled(Resource patch, Consumer<Diagnostic> findings) {
    return patch.where() != null && misspelled(patch.where(), findings);
  }

  private boolean misspelled(Expr expr, Consumer<Diagnostic> findings) {
    boolean found = false;
    for (Expr operand : expr.operands()) {
      found |= misspelled(operand, findings);
    }
    if (expr instanceof Expr.Member(Expr.Word(String root, Span _), var key, Span _)
        && root.equals("labels")
        && !values.containsKey(key.text())) {
      String message = "no model has a label `" + key + "`";
      return told(message, key.text(), key.span(), "", values.keySet(), findings) || found;
    }
    if (expr instanceof Expr.Binary binary && COMPARISONS.contains(binary.operator())) {
      Optional<String> key = key(binary.left()).or(() -> key(binary.right()));
      if (key.isPresent() && values.containsKey(key.get()) && !open.contains(key.get())) {
        for (Expr value : compared(binary)) {
          found |= value(key.get(), value, findings);
        }
      }
    }
    return found;
  }

  private static Optional<String> key(Expr expr) {
    return expr instanceof Expr.Member(Expr.Word(String root, Span _), var key, Span _)
            && root.equals("labels")
        ? Optional.of(key.text())
        : Optional.empty();
  }

  private static List<Expr> compared(Expr.Binary binary) {
    Expr value = key(binary.left()).isPresent() ? binary.right() : binary.left();
    return value instanceof Expr.ListOf list ? list.items() : List.of(value);
  }

  private boolean value(String key, Expr value, Consumer<Diagnostic> findings) {
    Set<String> known = values.getOrDefault(key, Set.of());
    Optional<String> text = value.plainText().filter(each -> !known.contains(each));
    if (text.isEmpty()) {
      return false;
    }
    String message = "no model's label `" + key + "` is `" + text.get() + "`";
    return told(message, text.get(), value.span(), "\"", known, findings);
  }

  private static boolean told(
      String message,
      String word,
      Span span,
      String quote,
      Set<String> known,
      Consumer<Diagnostic> findings) {
    Optional<String> near = Spelling.nearest(word, known);
    near.ifPresent(
        each ->
            findings.accept(
                Diagnostic.of(Code.SV4014, span, message)
                    .fixedBy(Fix.replace(span, quote + each + quote))));
    return near.isPresent();
  }
}
