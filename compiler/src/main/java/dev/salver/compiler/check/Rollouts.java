package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Overlay;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Value;
import dev.salver.kube.rollout.Gate;
import dev.salver.kube.rollout.Rollout;
import dev.salver.kube.rollout.Rollout.Action;
import dev.salver.kube.rollout.Rollout.OnFail;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The rollouts of an environment, and which of them a model is rolled out by. */
final class Rollouts {
  private static final Path ROLLOUT = Path.of("rollout");
  private static final Path CANARY = Path.of("canary");
  private static final Path SLO = Path.of("slo");
  private static final Path STEPS = Path.of("steps");

  private final SortedMap<String, Optional<RolloutPlan>> plans = new TreeMap<>();
  private final Environment environment;
  private final Diagnostics diagnostics;

  Rollouts(
      Declarations declarations,
      Overlay overlay,
      Environment environment,
      Diagnostics diagnostics) {
    this.environment = environment;
    this.diagnostics = diagnostics;
    for (Resource declared : declarations.rollouts().values()) {
      plans.put(declared.name().text(), plan(declared, overlay));
    }
  }

  private Optional<RolloutPlan> plan(Resource declared, Overlay overlay) {
    String name = declared.name().text();
    Span at = declared.name().span();
    var settings =
        new Settings(
            Kind.ROLLOUT,
            overlay.settings(environment, declared),
            environment.scope(),
            at,
            diagnostics);
    var evaluator = new Evaluator(environment.scope(), diagnostics::add);
    var gates = new ArrayList<Gate>();
    boolean whole = true;
    for (Resource written : overlay.written(environment, declared)) {
      for (Entry entry : written.body()) {
        if (entry instanceof Entry.Assertion assertion) {
          Optional<Gate> gate = gate(assertion, evaluator);
          gate.ifPresent(gates::add);
          whole &= gate.isPresent();
        }
      }
    }
    Optional<Effective> steps = settings.leaf(STEPS);
    if (steps.isEmpty()) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV2005,
              at,
              "rollout `" + name + "` has no `steps`, such as `[5% for 10min, 100%]`"));
      return Optional.empty();
    }
    if (settings.value(STEPS).isEmpty()) {
      return Optional.empty();
    }
    Optional<List<Rollout.Stage>> stages =
        steps.get().leaf().value() instanceof Expr.ListOf list
            ? RolloutSteps.read(list, evaluator, diagnostics)
            : Optional.empty();
    if (stages.isEmpty() || !whole) {
      return Optional.empty();
    }
    var onFail =
        new OnFail(
            settings.text("on-fail", "action").flatMap(Action::of).orElse(Action.ROLLBACK),
            settings.text("on-fail", "notify").orElse(""));
    var origins = new TreeMap<String, Span>();
    settings.leaf(STEPS).ifPresent(leaf -> origins.put("/spec/steps", leaf.leaf().at()));
    settings
        .leaf(Path.of("patience"))
        .ifPresent(leaf -> origins.put("/spec/patience", leaf.leaf().at()));
    for (String key : List.of("action", "notify")) {
      settings
          .leaf(Path.of("on-fail", key))
          .ifPresent(leaf -> origins.put("/spec/onFail/" + key, leaf.leaf().at()));
    }
    return Optional.of(
        new RolloutPlan(
            name,
            stages.get(),
            gates,
            settings.duration("patience").orElse(Rollout.PATIENCE_MILLIS),
            onFail,
            origins));
  }

  private Optional<Gate> gate(Entry.Assertion assertion, Evaluator evaluator) {
    if (!assertion.word().text().equals("gate")) {
      diagnostics.add(
          Diagnostic.of(
                  Code.SV1007,
                  assertion.word().span(),
                  "in a rollout stands `gate`, not `" + assertion.word() + "`")
              .fixedBy(Fix.replace(assertion.word().span(), "gate")));
      return Optional.empty();
    }
    String message = "";
    if (assertion.otherwise() != null) {
      message =
          evaluator.value(assertion.otherwise()) instanceof Value.Text text ? text.text() : "";
    }
    return new Gates(evaluator, diagnostics, true).read(assertion.expr(), message);
  }

  /** How a model is rolled out; checks {@code slo}, {@code canary} and {@code rollout}. */
  Optional<RolloutPlan> of(Settings model, Mode mode, boolean lenient, Diagnostics diagnostics) {
    List<Gate> objectives = objectives(model, diagnostics);
    Optional<Effective> rollout = model.leaf(ROLLOUT);
    Optional<Effective> canary = model.leaf(CANARY);
    if (rollout.isPresent() && canary.isPresent()) {
      diagnostics.add(
          oneOf(
                  model,
                  Diagnostic.of(
                      Code.SV2207,
                      model.at(CANARY),
                      "`canary` fixes a share that `rollout` would move; a model has one of them"))
              .relating(model.at(ROLLOUT), "the rollout is set here"));
      return Optional.empty();
    }
    if (canary.isPresent() && mode == Mode.STANDARD && !lenient) {
      var diagnostic =
          Diagnostic.of(
              Code.SV5001,
              model.at(CANARY),
              "`canary` works in `knative` mode only; a `rollout` works in both (in `"
                  + environment.name()
                  + "`)");
      var fixes =
          Stream.of(model.removal(CANARY), model.said("mode", "knative"))
              .flatMap(Optional::stream)
              .map(Fix::suggested)
              .toList();
      diagnostic = diagnostic.offering(fixes);
      diagnostics.add(
          model.leaf(Path.of("mode")).isPresent()
              ? diagnostic.relating(model.at(Path.of("mode")), "the mode is set here")
              : diagnostic);
    }
    return model
        .text("rollout")
        .flatMap(name -> named(name, rollout.orElseThrow(), diagnostics))
        .map(plan -> plan.keeping(objectives));
  }

  private Optional<RolloutPlan> named(String name, Effective leaf, Diagnostics diagnostics) {
    Optional<RolloutPlan> plan = plans.get(name);
    if (plan != null) {
      return plan;
    }
    Span at = leaf.leaf().value().span();
    var diagnostic = Diagnostic.of(Code.SV1002, at, "there is no rollout `" + name + "`");
    diagnostics.add(
        Spelling.nearest(name, plans.keySet())
            .map(near -> diagnostic.fixedBy(Fix.replace(at, near)))
            .orElse(diagnostic));
    return Optional.empty();
  }

  private List<Gate> objectives(Settings model, Diagnostics diagnostics) {
    Optional<Effective> slo = model.leaf(SLO);
    if (slo.isEmpty() || model.value(SLO).isEmpty()) {
      return List.of();
    }
    var evaluator = new Evaluator(environment.scope(), diagnostics::add);
    var gates = new ArrayList<Gate>();
    if (slo.get().leaf().value() instanceof Expr.ListOf list) {
      Expr wrong = null;
      for (Expr objective : list.items()) {
        if (wrong != null && isOneWith(wrong, objective)) {
          continue;
        }
        Optional<Gate> gate = new Gates(evaluator, diagnostics, false).read(objective, "");
        gate.ifPresent(gates::add);
        wrong = gate.isPresent() ? null : objective;
      }
    }
    return gates;
  }

  /** With both ways out, where nothing is said below the one that goes. */
  private static Diagnostic oneOf(Settings model, Diagnostic diagnostic) {
    return diagnostic.offering(
        Stream.of(CANARY, ROLLOUT)
            .filter(
                path -> model.leaf(path).filter(each -> each.overridden().isEmpty()).isPresent())
            .flatMap(path -> model.removal(path).stream())
            .map(Fix::suggested)
            .toList());
  }

  /** Whether two items of a list were meant as one: nothing but blanks stands between them. */
  private static boolean isOneWith(Expr before, Expr item) {
    int start = before.span().end();
    int end = item.span().start();
    return start <= end && item.span().file().text().substring(start, end).matches("[ \\t]*");
  }
}
