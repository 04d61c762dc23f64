package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Overlay;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which accelerator a model gets: of several the cheapest that it fits well, else the cheapest that
 * it fits at all; the first of equals. Without a size everything fits; without a price it is dear.
 */
final class Gpus {
  private static final Path GPU = Path.of("gpu");
  private static final Path PRICE = Path.of("price");

  /** Accelerators that one node has at most. */
  private static final long MOST = 8;

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

  /**
   * @param artifact what the lock knows of the model's source
   */
  Optional<GpuPlan> of(
      Settings model, Optional<ParallelPlan> parallel, Optional<Lock.Artifact> artifact) {
    return model.value(GPU).flatMap(value -> plan(value, model, parallel, artifact));
  }

  private record Candidate(String name, Settings settings) {
    Optional<Value.Size> memory() {
      return settings
          .value(Path.of("memory"))
          .flatMap(
              value -> value instanceof Value.Size size ? Optional.of(size) : Optional.empty());
    }
  }

  private Optional<GpuPlan> plan(
      Value value,
      Settings model,
      Optional<ParallelPlan> parallel,
      Optional<Lock.Artifact> artifact) {
    long count = value instanceof Value.Count counted ? counted.count().longValueExact() : 1;
    long together = count * parallel.map(ParallelPlan::nodes).orElse(1L);
    Value of = value instanceof Value.Count counted ? counted.of() : value;
    Span written = model.leaf(GPU).orElseThrow().leaf().value().span();
    List<Value.Located> named =
        of instanceof Value.Items items ? items.items() : List.of(new Value.Located(of, written));
    var candidates = new ArrayList<Candidate>();
    for (Value.Located each : named) {
      String name = Settings.text(each.value());
      Resource declared = declarations.accelerators().get(name);
      if (declared == null) {
        unknown(name, each.span());
        return Optional.empty();
      }
      candidates.add(new Candidate(name, settings(declared)));
    }
    Optional<Fit> fit = Fit.of(artifact);
    Candidate best = null;
    for (Candidate each : candidates) {
      Fit.Grade grade = grade(fit, each, together);
      if (grade == Fit.Grade.NOT) {
        continue;
      }
      int order = best == null ? -1 : grade.compareTo(grade(fit, best, together));
      boolean cheaper =
          best != null
              && order == 0
              && price(each.settings()).compareTo(price(best.settings())) < 0;
      if (order < 0 || cheaper) {
        best = each;
      }
    }
    if (best == null) {
      fit.ifPresent(size -> tooSmall(model, written, size, candidates, together));
      return Optional.empty();
    }
    return plan(best.name(), count, best.settings());
  }

  private static Fit.Grade grade(Optional<Fit> fit, Candidate candidate, long count) {
    return fit.map(size -> size.grade(candidate.memory(), count)).orElse(Fit.Grade.WELL);
  }

  private Settings settings(Resource declared) {
    return new Settings(
        Kind.ACCELERATOR,
        overlay.settings(environment, declared, diagnostics),
        environment.scope(),
        declared.name().span(),
        diagnostics);
  }

  private void tooSmall(
      Settings model, Span written, Fit fit, List<Candidate> candidates, long count) {
    var sizes = new ArrayList<String>();
    for (Candidate each : candidates) {
      each.memory()
          .ifPresent(
              memory ->
                  sizes.add(
                      "`"
                          + each.name()
                          + (count > 1 ? " * " + count : "")
                          + "` has "
                          + Fit.shown(memory.bytes().multiply(BigDecimal.valueOf(count)))));
    }
    Span at = written.file().isLibrary() ? model.declared() : written;
    diagnostics.add(
        Diagnostic.of(
                Code.SV5030,
                at,
                "the model's weights take "
                    + Fit.shown(fit.weights())
                    + ", but "
                    + String.join(", ", sizes))
            .offering(at.equals(written) ? larger(written, fit, candidates, count) : List.of()));
  }

  /** The cheapest of the others that fits well, and enough of the one that is named. */
  private List<Fix> larger(Span written, Fit fit, List<Candidate> candidates, long count) {
    var fixes = new ArrayList<Fix>();
    String times = count > 1 ? " * " + count : "";
    declarations.accelerators().values().stream()
        .filter(each -> !each.span().file().isLibrary())
        .map(each -> new Candidate(each.name().text(), settings(each)))
        .filter(each -> each.memory().isPresent())
        .filter(each -> fit.grade(each.memory(), count) == Fit.Grade.WELL)
        .min(Comparator.comparing((Candidate each) -> price(each.settings())))
        .ifPresent(each -> fixes.add(Fix.replace(written, each.name() + times)));
    if (candidates.size() == 1) {
      Candidate only = candidates.getFirst();
      for (long more = count * 2; more <= MOST; more *= 2) {
        if (fit.grade(only.memory(), more) == Fit.Grade.WELL) {
          fixes.add(Fix.replace(written, only.name() + " * " + more));
          break;
        }
      }
    }
    return fixes.stream().map(Fix::suggested).toList();
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
    return Optional.of(
        new GpuPlan(
            name,
            limit.get(),
            count,
            node,
            accelerator.texts("tolerate"),
            new Candidate(name, accelerator).memory(),
            hourly(name, accelerator)));
  }

  private Optional<BigDecimal> hourly(String name, Settings accelerator) {
    Optional<Value.Money> price =
        accelerator
            .value(PRICE)
            .flatMap(
                value ->
                    value instanceof Value.Money money ? Optional.of(money) : Optional.empty());
    Optional<BigDecimal> hourly = price.flatMap(Value.Money::hourly);
    if (price.isPresent() && hourly.isEmpty()) {
      Span value = accelerator.leaf(PRICE).orElseThrow().leaf().value().span();
      diagnostics.add(
          Diagnostic.of(
                  Code.SV5031,
                  accelerator.at(PRICE),
                  "the price of `" + name + "` is for no time: `$0.71/h`, `/d` or `/month`")
              .offering(
                  Stream.of("/h", "/d", "/month")
                      .filter(_ -> value.text().startsWith("$"))
                      .map(time -> Fix.replace(value, value.text() + time).suggested())
                      .toList()));
    }
    return hourly;
  }

  /** Without a price it comes last. */
  private static BigDecimal price(Settings accelerator) {
    return accelerator
        .value(PRICE)
        .flatMap(value -> value instanceof Value.Money money ? money.hourly() : Optional.empty())
        .orElse(BigDecimal.valueOf(Long.MAX_VALUE));
  }

  private void unknown(String name, Span at) {
    var known = declarations.accelerators().keySet();
    var diagnostic = Diagnostic.of(Code.SV1002, at, "there is no accelerator `" + name + "`");
    diagnostics.add(
        known.stream()
            .filter(each -> name.endsWith("-" + each)) // a maker's name before it
            .max(Comparator.comparingInt(String::length))
            .or(() -> Spelling.nearest(name, known))
            .map(near -> diagnostic.fixedBy(Fix.replace(at, near)))
            .orElse(diagnostic));
  }
}
