package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Leaf;
import dev.salver.compiler.overlay.Leaves;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** A field of `raw` for which there is a setting. */
final class RawForSetting implements Rule {
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("spec.predictor.minReplicas", "scale.replicas"),
          Map.entry("spec.predictor.maxReplicas", "scale.replicas"),
          Map.entry("spec.predictor.scaleTarget", "scale.target"),
          Map.entry("spec.predictor.scaleMetric", "scale.target"),
          Map.entry("spec.predictor.containerConcurrency", "scale.hard-limit"),
          Map.entry("spec.predictor.timeout", "timeout"),
          Map.entry("spec.predictor.canaryTrafficPercent", "canary"),
          Map.entry("spec.predictor.serviceAccountName", "identity"),
          Map.entry("spec.predictor.logger.url", "log.to"),
          Map.entry("spec.predictor.batcher.maxBatchSize", "batch.max"),
          Map.entry("spec.predictor.model.storageUri", "from"),
          Map.entry("spec.predictor.model.runtime", "on"),
          Map.entry("spec.predictor.model.protocolVersion", "wire"),
          Map.entry("spec.predictor.model.image", "image"));

  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Resource model : program.declarations().models().values()) {
      for (Leaf leaf : Leaves.of(model, new Diagnostics())) {
        String setting =
            leaf.path().first().equals("raw")
                ? SETTINGS.get(leaf.path().after(1).toString())
                : null;
        if (setting != null) {
          var diagnostic =
              Diagnostic.of(
                  Code.SV4023,
                  leaf.at(),
                  "`" + setting + "` is the setting that writes this field");
          findings.accept(
              written(leaf, setting, model).map(diagnostic::fixedBy).orElse(diagnostic));
        }
      }
    }
  }

  /** The setting before `raw`, or in its place, where one value says the same in both modes. */
  private static Optional<Fix> written(Leaf leaf, String setting, Resource model) {
    Optional<Entry> raw =
        model.body().stream()
            .filter(each -> each.span().start() <= leaf.at().start())
            .filter(each -> leaf.at().end() <= each.span().end())
            .findFirst();
    Optional<String> value = value(leaf.value(), setting);
    var leaves = Leaves.of(model, new Diagnostics());
    boolean isSet = leaves.stream().anyMatch(each -> each.path().toString().equals(setting));
    if (raw.isEmpty() || value.isEmpty() || isSet) {
      return Optional.empty();
    }
    String statement = setting + " = " + value.get();
    Span all = raw.get().span();
    long inside =
        leaves.stream()
            .filter(each -> all.start() <= each.at().start() && each.at().end() <= all.end())
            .count();
    if (inside == 1) {
      return Optional.of(Fix.replace(all, statement).suggested());
    }
    String text = all.file().text();
    int line = text.lastIndexOf('\n', all.start() - 1) + 1;
    String before = text.substring(line, all.start());
    var edits =
        new ArrayList<>(Fix.removeWithSections("", leaf.at().to(leaf.value().span())).edits());
    edits.add(
        new Edit(
            new Span(all.file(), all.start(), all.start()),
            statement + (before.isBlank() ? "\n" + before : ", ")));
    return Optional.of(new Fix("write `" + statement + "`", edits).suggested());
  }

  private static Optional<String> value(Expr value, String setting) {
    boolean number = value instanceof Expr.Quantity;
    String text = value.span().text();
    return switch (setting) {
      case "timeout" -> number ? Optional.of(text + "s") : Optional.empty();
      case "batch.max" -> number ? Optional.of(text) : Optional.empty();
      case "identity", "log.to" -> value.plainText().map(_ -> text);
      default -> Optional.empty();
    };
  }
}
