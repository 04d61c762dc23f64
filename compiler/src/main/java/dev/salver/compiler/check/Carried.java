package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Value;
import java.util.List;
import java.util.Optional;

/**
 * Settings that only some runtimes carry. What the runtime would silently ignore is an error.
 * Multi-node rules are those of KServe's webhook (KServe v0.20).
 */
final class Carried {
  private static final List<String> SHARED = List.of("pvc", "oci");

  /** What becomes of an LLMInferenceService says of itself, and not by these. */
  private static final List<String> NOT_OF_LLM =
      List.of(
          "transformer",
          "explainer",
          "batch",
          "log",
          "mounts",
          "credentials",
          "timeout",
          "canary",
          "rollout");

  private final Settings model;
  private final RuntimePlan runtime;
  private final Diagnostics diagnostics;

  private Carried(Settings model, RuntimePlan runtime, Diagnostics diagnostics) {
    this.model = model;
    this.runtime = runtime;
    this.diagnostics = diagnostics;
  }

  /** Checks, and answers how the model is spread. */
  static Optional<ParallelPlan> check(
      Settings model, Optional<RuntimePlan> runtime, Mode mode, Diagnostics diagnostics) {
    if (runtime.isEmpty()) {
      return Optional.empty();
    }
    var carried = new Carried(model, runtime.get(), diagnostics);
    carried.warmUp();
    carried.cache();
    carried.form(mode);
    return carried.parallel();
  }

  private void warmUp() {
    if (!runtime.isSalvers()) {
      refuse("warm-up", "Salver's own server alone takes a request to warm up with");
      return;
    }
    int rows = -1;
    for (var input : model.below("warm-up").entrySet()) {
      int size = input.getValue() instanceof Value.Items items ? items.items().size() : 0;
      if (size == 0 || (rows >= 0 && size != rows)) {
        add(
            Code.SV2003,
            model.at(Path.of("warm-up").then(input.getKey())),
            size == 0
                ? "an input of `warm-up` is a list with an entry a row"
                : "`" + input.getKey() + "` has " + size + " rows, the inputs before it " + rows);
        return;
      }
      rows = size;
    }
  }

  /** Nodes keep what is fetched from afar, in groups that the cluster has. */
  private void cache() {
    Settings cache = model.section("cache");
    if (cache.isEmpty()) {
      return;
    }
    if (runtime.isSalvers()) {
      refuse("cache", "`" + runtime.name() + "` fetches for itself, past the cache of the nodes");
      return;
    }
    for (String key : List.of("groups", "size")) {
      if (cache.leaf(Path.of(key)).isEmpty()) {
        diagnostics.add(Diagnostic.of(Code.SV2005, cache.first(), "`cache` has no `" + key + "`"));
      }
    }
  }

  private void form(Mode mode) {
    switch (runtime.form()) {
      case SERVICE -> {}
      case WORKERS -> {
        model
            .text("from")
            .filter(source -> !SHARED.contains(Sources.scheme(source)))
            .ifPresent(
                source ->
                    add(
                        Code.SV5013,
                        model.at(Path.of("from")),
                        "KServe serves on several nodes from `pvc:` or `oci:` alone, not from `"
                            + source
                            + "`"));
        if (mode == Mode.KNATIVE) {
          add(
              Code.SV5001,
              model.at(Path.of("on")),
              "`" + runtime.name() + "` serves on several nodes, in `standard` mode only",
              model.said("mode", "standard"));
        }
        fixed("a model on several nodes");
      }
      case LLM -> {
        for (String key : NOT_OF_LLM) {
          if (isOwn(key)) {
            refuse(key, "an LLMInferenceService has no place for `" + key + "`");
          }
        }
        fixed("an LLMInferenceService");
      }
    }
  }

  private void fixed(String what) {
    for (String key : List.of("target", "scaler")) {
      model
          .firstOf(List.of(Path.of("scale", key)))
          .ifPresent(
              leaf ->
                  add(
                      Code.SV5013,
                      leaf.at(),
                      what + " has one number of replicas, and nothing for `" + leaf.path() + "`"));
    }
    Path replicas = Path.of("scale", "replicas");
    boolean chosen = model.leaf(replicas).filter(leaf -> leaf.layer().named()).isPresent();
    if (chosen
        && model
            .value(replicas)
            .map(Ends::of)
            .filter(ends -> !ends.low().equals(ends.high()))
            .isPresent()) {
      add(
          Code.SV5013,
          model.at(replicas),
          what + " has one number of replicas; what scales it goes into `raw`",
          lowest(replicas));
    }
  }

  private Optional<ParallelPlan> parallel() {
    Settings parallel = model.section("parallel");
    if (runtime.form() == RuntimePlan.Form.SERVICE) {
      refuse(
          "parallel",
          "`"
              + runtime.name()
              + "` does not spread a model; `kserve-llm` and"
              + " `kserve-huggingfaceserver-multinode` do");
      return Optional.empty();
    }
    if (parallel.isEmpty() && runtime.form() == RuntimePlan.Form.LLM) {
      return Optional.empty();
    }
    return Optional.of(
        new ParallelPlan(
            parallel.whole("tensor").orElse(1L),
            parallel.whole("pipeline").orElse(parallel.whole("nodes").orElse(1L)),
            parallel.whole("nodes").orElse(parallel.whole("pipeline").orElse(1L))));
  }

  private void refuse(String key, String why) {
    Settings section = model.section(key);
    Optional<Span> at =
        model
            .leaf(Path.of(key))
            .map(leaf -> leaf.leaf().at())
            .or(() -> section.isEmpty() ? Optional.empty() : Optional.of(section.first()));
    at.ifPresent(span -> add(Code.SV5013, span, why, model.removalOf(key)));
  }

  /** The number that the range starts with. */
  private Optional<Fix> lowest(Path replicas) {
    return model
        .leaf(replicas)
        .map(each -> each.leaf().value())
        .filter(value -> !value.span().file().isLibrary())
        .flatMap(
            value ->
                value instanceof Expr.Binary range
                        && range.left() instanceof Expr.Quantity low
                        && !low.text().equals("0")
                    ? Optional.of(
                        new Fix(
                            "write `" + replicas + " = " + low.text() + "`",
                            List.of(new Edit(range.span(), low.text()))))
                    : Optional.empty());
  }

  /** What is said of many may fit others. */
  private boolean isOwn(String key) {
    return model.own().stream().anyMatch(leaf -> leaf.path().isWithin(Path.of(key)));
  }

  private void add(Code code, Span at, String message) {
    add(code, at, message, Optional.empty());
  }

  private void add(Code code, Span at, String message, Optional<Fix> fix) {
    var diagnostic =
        Diagnostic.of(code, at, message).offering(fix.map(Fix::suggested).stream().toList());
    Span chosen = model.at(Path.of("on"));
    diagnostics.add(
        chosen.equals(at) || chosen.equals(model.declared())
            ? diagnostic
            : diagnostic.relating(chosen, "the runtime is chosen here"));
  }
}
