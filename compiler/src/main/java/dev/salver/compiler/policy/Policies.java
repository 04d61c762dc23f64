package dev.salver.compiler.policy;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.cel.Evaluation;
import dev.salver.compiler.cel.Formula;
import dev.salver.compiler.cel.Names;
import dev.salver.compiler.cel.Outcome;
import dev.salver.compiler.cel.Shape;
import dev.salver.compiler.cel.SubValue;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.memo.Memo;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import dev.salver.compiler.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policies of a program. They guard clusters: the environment {@code local}, which runs on one
 * machine, is not asked.
 */
public final class Policies {
  private static final int SHOWN = 3;
  private static final int MAX_SHOWN = 60;

  private final List<Policy> all;

  /** By environment and policy, the verdict on each model's plan. */
  private final Map<Asked, Memo<ModelPlan, List<Diagnostic>>> verdicts = new HashMap<>();

  private record Asked(String environment, String policy) {}

  private Policies(List<Policy> all) {
    this.all = List.copyOf(all);
  }

  /** Reads and checks them; a program without any loads nothing of what runs expressions. */
  public static Policies of(Declarations declarations, Diagnostics diagnostics) {
    return new Policies(
        declarations.policies().isEmpty()
            ? List.of()
            : new PolicyReader(declarations, diagnostics).policies());
  }

  public List<Policy> all() {
    return all;
  }

  /**
   * Whether what they speak of is as they want it, in one environment. What they say of a model
   * holds as long as the model's plan does.
   */
  public void check(EnvironmentPlan plan, List<GraphPlan> graphs, Diagnostics diagnostics) {
    if (all.isEmpty() || plan.environment().isLocal()) {
      return;
    }
    var views = new Views(plan, graphs);
    for (Policy policy : all) {
      Map<String, Object> words = values(plan.environment().scope(), policy.names());
      words.put("env", plan.environment().name());
      if (policy.kind().equals("model")) {
        var known =
            verdicts.computeIfAbsent(
                new Asked(plan.environment().name(), policy.name()), asked -> new Memo<>());
        known.round();
        for (ModelPlan model : plan.models()) {
          diagnostics.addAll(known.of(model, each -> verdict(policy, views.model(each), words)));
        }
      } else {
        for (View view : views.of(policy.kind())) {
          diagnostics.addAll(verdict(policy, view, words));
        }
      }
    }
  }

  private static List<Diagnostic> verdict(Policy policy, View view, Map<String, Object> words) {
    var values = new HashMap<>(words);
    values.put("self", view.values());
    var found = new Diagnostics();
    if (speaksOf(policy, view, values)) {
      policy.rules().forEach(rule -> check(policy, rule, view, values, found));
    }
    return found.found();
  }

  private static boolean speaksOf(Policy policy, View view, Map<String, Object> values) {
    if (policy.where().isEmpty()) {
      return true;
    }
    var words = new HashMap<>(values);
    words.putAll(view.values());
    return policy.where().get().run(words).holds();
  }

  private static void check(
      Policy policy,
      Policy.Rule rule,
      View view,
      Map<String, Object> values,
      Diagnostics diagnostics) {
    Evaluation run = rule.condition().run(values);
    if (run.outcome() instanceof Outcome.Failed(String why)) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV6010,
              rule.assertion().expr().span(),
              "this has no value for `" + view.name() + "`: " + why));
      return;
    }
    if (run.holds() != rule.isDeny()) {
      return;
    }
    Span at = place(rule, view, values);
    String expected =
        "policy `"
            + policy.name()
            + (rule.isDeny() ? "` denies `" : "` requires `")
            + shown(rule.assertion().expr())
            + "` of `"
            + view.name()
            + "`";
    String where = policy.kind().equals("env") ? "" : " (in `" + values.get("env") + "`)";
    var diagnostic =
        Diagnostic.of(
                Code.SV6001,
                at,
                message(rule, values).map(each -> "`" + view.name() + "`: " + each).orElse(expected)
                    + where)
            .labelled(label(run.parts()))
            .relating(
                rule.assertion().word().span().to(rule.assertion().expr().span()),
                "policy `" + policy.name() + "` says so");
    diagnostics.add(
        new Remedy(rule, view, values).fix().map(diagnostic::fixedBy).orElse(diagnostic));
  }

  private static String shown(Expr expr) {
    String text = expr.span().text().replaceAll("\\s+", " ").strip();
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }

  private static Optional<String> message(Policy.Rule rule, Map<String, Object> values) {
    return rule.message()
        .map(formula -> formula.run(values).outcome())
        .flatMap(
            outcome ->
                outcome instanceof Outcome.Value(Object value)
                    ? Optional.of(value.toString().replaceAll("\\s+", " ").strip())
                    : Optional.empty());
  }

  /** Where the last of what the rule reads was set by the project; else the declaration. */
  private static Span place(Policy.Rule rule, View view, Map<String, Object> values) {
    Span found = view.declared();
    for (List<String> path : reads(rule.condition())) {
      Span origin = view.origin(path);
      if (isSet(values, path) && !origin.file().isLibrary() && !origin.equals(view.declared())) {
        found = origin;
      }
    }
    return found;
  }

  /** Paths below {@code self}. */
  private static List<List<String>> reads(Formula formula) {
    return formula.reads().stream()
        .filter(path -> path.getFirst().equals("self") && path.size() > 1)
        .map(path -> path.subList(1, path.size()))
        .toList();
  }

  private static boolean isSet(Map<String, Object> values, List<String> path) {
    Object value = values.get("self");
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value != null;
  }

  /** {@code scale.replicas.min is 1, labels.tier is "online"}. */
  private static String label(List<SubValue> parts) {
    var words = new LinkedHashSet<String>();
    for (SubValue part : parts) {
      String path = part.span().text().strip();
      if (part.isRead() && path.startsWith("self.")) {
        words.add(path.substring("self.".length()) + " is " + part.shown());
      }
    }
    return String.join(", ", words.stream().limit(SHOWN).toList());
  }

  /** The params of a program, for expressions that read them. */
  public static Map<String, Shape> params(Declarations declarations) {
    return PolicyReader.params(declarations);
  }

  /** What the params are worth in an environment; a whole number is a real one where it must. */
  public static Map<String, Object> values(Scope scope, Names names) {
    var evaluator = new Evaluator(scope, ignored -> {});
    var values = new HashMap<String, Object>();
    scope
        .params()
        .forEach(
            (name, expr) -> {
              Value value = evaluator.value(new Expr.Word(name, expr.span()));
              boolean isReal = names.variables().get(name) == Shape.Scalar.NUMBER;
              Values.of(value)
                  .map(each -> isReal && each instanceof Long whole ? whole.doubleValue() : each)
                  .ifPresent(each -> values.put(name, each));
            });
    return values;
  }

  /** What a cluster can enforce of them in an environment. */
  public List<Admission> admissions(EnvironmentPlan plan, List<String> limits) {
    var admissions = new ArrayList<Admission>();
    if (!plan.environment().isLocal()) {
      all.forEach(
          policy ->
              Admission.of(policy, plan, values(plan.environment().scope(), policy.names()), limits)
                  .ifPresent(admissions::add));
    }
    return admissions;
  }
}
