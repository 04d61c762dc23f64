package dev.salver.compiler.check;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns {@code scale} into what each mode understands. What KServe would silently ignore in a mode
 * is an error (KServe v0.20, Knative Serving; repository states of 2026-08-21).
 */
final class ScalingRules {
  private static final Path REPLICAS = Path.of("scale", "replicas");
  private static final Path TARGET = Path.of("scale", "target");
  private static final Path IDLE = Path.of("scale", "idle");
  private static final Path SCALER = Path.of("scale", "scaler");
  private static final List<String> KNATIVE_ONLY =
      List.of("hard-limit", "idle", "activation", "burst", "window");

  /** Knative's stable window, and the shortest it takes. */
  private static final long WINDOW_SECONDS = 60;

  private final Settings model;
  private final Mode mode;
  private final String environment;
  private final boolean lenient;
  private final Diagnostics diagnostics;

  /**
   * @param lenient whether nobody chose the mode for this model: what it cannot carry is then left
   *     out. So a model made for {@code standard} runs in the built-in {@code local} as it is
   */
  ScalingRules(
      Settings model, Mode mode, String environment, boolean lenient, Diagnostics diagnostics) {
    this.model = model;
    this.mode = mode;
    this.environment = environment;
    this.lenient = lenient;
    this.diagnostics = diagnostics;
  }

  Scaling scaling() {
    Ends replicas =
        model.value(REPLICAS).map(Ends::of).orElse(Ends.of(new Value.Plain(BigDecimal.ONE)));
    Optional<Integer> min = replicas.low().map(ScalingRules::whole);
    Optional<Integer> max = replicas.high().map(ScalingRules::whole);
    if (max.filter(most -> most == 0).isPresent()) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV2003,
              model.at(REPLICAS),
              "`scale.replicas` ends at 0, which KServe takes as no limit; use `deploy = false`"));
    }
    Optional<Value.Rate> target =
        model
            .value(TARGET)
            .flatMap(
                value -> value instanceof Value.Rate rate ? Optional.of(rate) : Optional.empty());
    Optional<Integer> hardLimit =
        model
            .value(Path.of("scale", "hard-limit"))
            .flatMap(
                value ->
                    value instanceof Value.Rate rate
                        ? Optional.of(rate.amount().intValueExact())
                        : Optional.empty());
    if (mode == Mode.STANDARD && ofLibrary(REPLICAS)) {
      min = min.map(least -> Math.max(1, least));
    }
    boolean zero = min.filter(least -> least == 0).isPresent();
    if (mode == Mode.KNATIVE) {
      knative(zero, target);
    } else {
      standard(zero, target);
      if (min.isPresent() && min.equals(max) && !isBroken(REPLICAS)) {
        fixed();
      }
    }
    if (mode == Mode.KNATIVE && zero) {
      target = target.filter(rate -> !rate.unit().startsWith("%"));
    }
    Optional<Long> idle = idle(zero);
    Optional<Long> window = model.duration("scale", "window").map(millis -> millis / 1000);
    Optional<Long> averaged =
        window.or(() -> idle.map(seconds -> Math.clamp(seconds, 6, WINDOW_SECONDS)));
    Optional<Long> retention =
        idle.map(seconds -> seconds - averaged.orElse(WINDOW_SECONDS)).filter(left -> left > 0);
    return new Scaling(
        min,
        max,
        target,
        hardLimit,
        averaged,
        retention,
        model.whole("scale", "activation"),
        model.whole("scale", "burst"),
        model.text("scale", "scaler"));
  }

  private void knative(boolean zero, Optional<Value.Rate> target) {
    if (model.leaf(SCALER).isPresent()) {
      cannot(SCALER, "`scale.scaler` chooses the autoscaler of `standard` mode");
    }
    if (zero
        && !ofLibrary(REPLICAS)
        && target.filter(rate -> rate.unit().startsWith("%")).isPresent()) {
      cannot(TARGET, "Knative cannot scale to zero on " + unit(target.get()));
    }
  }

  private void standard(boolean zero, Optional<Value.Rate> target) {
    if (zero) {
      cannot(
          REPLICAS, "`standard` mode cannot scale to zero: nothing would hold the first request");
    }
    for (String key : KNATIVE_ONLY) {
      Path path = Path.of("scale", key);
      boolean ofThisModel = model.leaf(path).filter(leaf -> leaf.layer().named()).isPresent();
      if (ofThisModel) {
        cannot(path, "`scale." + key + "` works in `knative` mode only");
      }
    }
    target
        .filter(rate -> !rate.unit().startsWith("%"))
        .ifPresent(
            rate ->
                cannot(
                    TARGET, "`standard` mode scales on `%cpu` or `%memory`, not on " + unit(rate)));
    boolean external = model.text("scale", "scaler").filter("external"::equals).isPresent();
    if (external && target.isPresent()) {
      diagnostics.add(
          model
              .removable(
                  Diagnostic.of(
                      Code.SV5008,
                      model.at(TARGET),
                      "`scale.target` has no effect with `scaler = external`"),
                  TARGET)
              .relating(model.at(SCALER), "the scaler is set here"));
    }
  }

  /** A target moves nothing where there is one number of replicas and no scaler asked for. */
  private void fixed() {
    Optional<Effective> target = model.leaf(TARGET);
    int decided = model.leaf(REPLICAS).map(Effective::rank).orElse(-1);
    if (model.leaf(SCALER).isEmpty()
        && target.filter(each -> each.layer().named() && each.rank() >= decided).isPresent()) {
      var diagnostic =
          model.removable(
              Diagnostic.of(
                  Code.SV5008,
                  model.at(TARGET),
                  "`scale.target` has no effect unless `scale.replicas` is a range"),
              TARGET);
      diagnostics.add(
          decided < 0
              ? diagnostic
              : diagnostic.relating(model.at(REPLICAS), "the replicas are set here"));
    }
  }

  /** Seconds; empty where replicas never reach zero and many models were spoken of. */
  private Optional<Long> idle(boolean zero) {
    Optional<Effective> written = model.leaf(IDLE);
    if (written.isEmpty() || mode != Mode.KNATIVE) {
      return Optional.empty();
    }
    if (zero || isBroken(REPLICAS)) {
      return model.duration("scale", "idle").map(millis -> millis / 1000);
    }
    int decided = model.leaf(REPLICAS).map(Effective::rank).orElse(-1);
    if (written.get().layer().named() && written.get().rank() >= decided) {
      var diagnostic =
          model.removable(
              Diagnostic.of(
                  Code.SV5008,
                  model.at(IDLE),
                  "`scale.idle` has no effect unless `scale.replicas` starts at 0"),
              IDLE);
      diagnostics.add(
          decided < 0
              ? diagnostic
              : diagnostic.relating(model.at(REPLICAS), "the replicas are set here"));
    }
    return Optional.empty();
  }

  private boolean ofLibrary(Path path) {
    return model.leaf(path).filter(each -> each.leaf().at().file().isLibrary()).isPresent();
  }

  /** Whether it has a value that was reported. */
  private boolean isBroken(Path path) {
    return model.leaf(path).isPresent() && model.value(path).isEmpty();
  }

  private void cannot(Path path, String why) {
    if (lenient) {
      return;
    }
    var fixes = new ArrayList<Fix>();
    (path.equals(REPLICAS) ? onePlusReplicas() : model.removal(path)).ifPresent(fixes::add);
    Mode other = mode == Mode.KNATIVE ? Mode.STANDARD : Mode.KNATIVE;
    model.said("mode", other.word()).ifPresent(fixes::add);
    Span at = model.at(path);
    var diagnostic =
        Diagnostic.of(Code.SV5001, at, why + " (in `" + environment + "`)")
            .offering(fixes.stream().map(Fix::suggested).toList());
    Optional<Effective> chosen = model.leaf(Path.of("mode"));
    diagnostics.add(
        chosen.isPresent()
            ? diagnostic.relating(model.at(Path.of("mode")), "the mode is set here")
            : diagnostic);
  }

  /** The same range, from 1. */
  private Optional<Fix> onePlusReplicas() {
    return model
        .leaf(REPLICAS)
        .map(each -> each.leaf().value())
        .filter(value -> !value.span().file().isLibrary())
        .flatMap(
            value ->
                value instanceof Expr.Binary range && range.left() instanceof Expr.Quantity low
                    ? Optional.of(
                        new Fix(
                            "write `1.." + range.right().span().text() + "`",
                            List.of(new Edit(low.span(), "1"))))
                    : Optional.empty());
  }

  private static String unit(Value.Rate rate) {
    return "`" + rate.amount().toPlainString() + rate.unit() + "`";
  }

  private static int whole(Value value) {
    return ((Value.Plain) value).value().intValueExact();
  }
}
