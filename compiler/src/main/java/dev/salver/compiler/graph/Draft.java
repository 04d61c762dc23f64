package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.expand.Templates;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Scope;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** What is common to all steps of a graph while it is worked out, instances in it included. */
final class Draft {
  /** Steps of a graph, those of branches and of templates included. */
  private static final int MAX_STEPS = 1_000;

  private static final int MAX_GUESSES = 20;

  /** How deep branches and instances nest; far more than anyone can read. */
  static final int MAX_DEPTH = 32;

  /** What the words of conditions and settings stand for in the environment. */
  final Scope values;

  final Evaluator evaluator;
  final Templates templates;

  /** Templates that are wrong in themselves, so that instances of them are not told as well. */
  private final Set<String> broken;

  private Diagnostics diagnostics;
  private final Map<String, Integer> taken = new HashMap<>(Map.of(Step.Ref.REQUEST, 1));
  private final Map<String, Integer> owners = new HashMap<>();
  private final Set<String> used = new HashSet<>();
  private int steps;
  private int reported;

  /** How long a request may take, where the graph says so. */
  final OptionalLong timeoutMillis;

  /** Where it says so; empty where the project does not say it itself. */
  final Optional<Span> timeoutAt;

  Draft(
      Scope values,
      OptionalLong timeoutMillis,
      Optional<Span> timeoutAt,
      Templates templates,
      Set<String> broken,
      Diagnostics diagnostics) {
    this.templates = templates;
    this.broken = broken;
    this.timeoutMillis = timeoutMillis;
    this.timeoutAt = timeoutAt;
    this.values = values;
    this.diagnostics = diagnostics;
    this.evaluator = new Evaluator(values, this::report);
  }

  /** Whether a template is wrong in itself, which is told where it stands. */
  boolean isBroken(Entry.Graph template) {
    return broken.contains(template.name().text());
  }

  /** Collects what follows apart, until the one given back is put in place again. */
  Diagnostics divert(Diagnostics to) {
    Diagnostics before = diagnostics;
    diagnostics = to;
    return before;
  }

  void report(Code code, Span span, String message) {
    report(Diagnostic.of(code, span, message));
  }

  void report(Diagnostic diagnostic) {
    reported++;
    diagnostics.add(diagnostic);
  }

  /** A syntax error, or what another phase told: what follows from it is not told again. */
  void broken() {
    reported++;
  }

  int reported() {
    return reported;
  }

  /** Whether to look for the name that was meant; beyond the first mistakes nobody reads that. */
  boolean mayGuess() {
    return reported < MAX_GUESSES;
  }

  /** Whether there is room for one more step; the first that has none is reported. */
  boolean room(Span span) {
    steps++;
    if (steps == MAX_STEPS + 1) {
      report(
          Code.SV2127,
          span,
          "a graph has at most " + MAX_STEPS + " steps, those of its templates included");
    }
    return steps <= MAX_STEPS;
  }

  /** A name for a step in the plan: the one wanted, or with a number behind it. */
  String unique(String wanted) {
    int count = taken.merge(wanted, 1, Integer::sum);
    if (count == 1) {
      return wanted;
    }
    String name = wanted + "-" + count;
    return taken.putIfAbsent(name, 1) == null ? name : unique(wanted);
  }

  /** Who the sizes belong to that one call alone knows: {@code detect}, then {@code detect-2}. */
  String owner(String service) {
    int count = owners.merge(service, 1, Integer::sum);
    return count == 1 ? service : service + "-" + count;
  }

  void use(Flowing value) {
    used.add(value.ref().step());
    value.parts().forEach(part -> use(part.value()));
  }

  boolean isUsed(String step) {
    return used.contains(step);
  }
}
