package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Overlay;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Which accelerator a model gets: of several the cheapest, the first of equals. */
final class Gpus {
  private static final Path GPU = Path.of("gpu");

  private final Declarations declarations;
  private final Overlay overlay;
  private final Environment environment;
  private final Diagnostics diagnostics;

  Gpus(
      Declarations declarations,
      Overlay overlay,
      Environment environment,
      Diagnostics diagnostics) {
    this.declarations = declarations;
    this.overlay = overlay;
    this.environment = environment;
    this.diagnostics = diagnostics;
  }

  Optional<GpuPlan> of(Settings model) {
    return model.value(GPU).flatMap(value -> plan(value, model));
  }

  private Optional<GpuPlan> plan(Value value, Settings model) {
    long count = value instanceof Value.Count counted ? counted.count().longValueExact() : 1;
    Value of = value instanceof Value.Count counted ? counted.of() : value;
    Span written = model.leaf(GPU).orElseThrow().leaf().value().span();
    List<Value.Located> candidates =
        of instanceof Value.Items items ? items.items() : List.of(new Value.Located(of, written));
    Settings best = null;
    String bestName = "";
    for (Value.Located candidate : candidates) {
      String name = Settings.text(candidate.value());
      Resource declared = declarations.accelerators().get(name);
      if (declared == null) {
        unknown(name, candidate.span());
        return Optional.empty();
      }
      var settings =
          new Settings(
              Kind.ACCELERATOR,
              overlay.settings(environment, declared),
              environment.scope(),
              declared.name().span(),
              diagnostics);
      if (best == null || price(settings).compareTo(price(best)) < 0) {
        best = settings;
        bestName = name;
      }
    }
    return best == null ? Optional.empty() : plan(bestName, count, best);
  }

  private Optional<GpuPlan> plan(String name, long count, Settings accelerator) {
    Optional<String> limit = accelerator.text("limit");
    if (limit.isEmpty()) {
      if (accelerator.leaf(Path.of("limit")).isEmpty()) {
        diagnostics.add(
            Diagnostic.of(
                Code.SV2005,
                accelerator.declared(),
                "accelerator `" + name + "` has no `limit`, such as `\"nvidia.com/gpu\"`"));
      }
      return Optional.empty();
    }
    var node = new TreeMap<String, String>();
    accelerator.below("node").forEach((key, value) -> node.put(key.first(), Settings.text(value)));
    return Optional.of(new GpuPlan(name, limit.get(), count, node, accelerator.texts("tolerate")));
  }

  /** Without a price it comes last. */
  private static BigDecimal price(Settings accelerator) {
    return accelerator
        .value(Path.of("price"))
        .map(value -> value instanceof Value.Money money ? money.amount() : BigDecimal.ZERO)
        .orElse(BigDecimal.valueOf(Long.MAX_VALUE));
  }

  private void unknown(String name, Span at) {
    var known = declarations.accelerators().keySet();
    var diagnostic = Diagnostic.of(Code.SV1002, at, "there is no accelerator `" + name + "`");
    diagnostics.add(
        Spelling.nearest(name, known)
            .map(near -> diagnostic.fixedBy(Fix.replace(at, near)))
            .orElse(diagnostic));
  }
}
