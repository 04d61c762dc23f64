package dev.salver.compiler;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.UsedSources;
import dev.salver.compiler.cost.EnvironmentCost;
import dev.salver.compiler.diagnostic.Allowances;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.lint.IdleAllowances;
import dev.salver.compiler.lint.Linter;
import dev.salver.compiler.lint.Subject;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.policy.Admission;
import dev.salver.compiler.policy.Policies;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.testing.TestCase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;

/** A checked program: what is wrong with it, and what is in it. Immutable. */
public final class Program {
  private final List<SourceUnit> units;
  private final Declarations declarations;
  private final List<Span> loops;
  private final Allowances allowances;
  private final SortedMap<String, EnvironmentPlan> plans;
  private final SortedMap<String, List<GraphPlan>> graphs;
  private final Policies policies;
  private final List<TestCase> tests;
  private final List<Diagnostic> common;
  private final SortedMap<String, List<Diagnostic>> byEnvironment;
  private final Lock lock;
  private final UsedSources sources;
  private final Map<String, Span> pins;

  Program(
      List<SourceUnit> units,
      Declarations declarations,
      List<Span> loops,
      Allowances allowances,
      SortedMap<String, EnvironmentPlan> plans,
      SortedMap<String, List<GraphPlan>> graphs,
      Policies policies,
      List<TestCase> tests,
      List<Diagnostic> common,
      SortedMap<String, List<Diagnostic>> byEnvironment,
      Lock lock,
      UsedSources sources,
      Map<String, Span> pins) {
    this.units = List.copyOf(units);
    this.declarations = declarations;
    this.loops = List.copyOf(loops);
    this.allowances = allowances;
    this.plans = plans;
    this.graphs = graphs;
    this.policies = policies;
    this.tests = List.copyOf(tests);
    this.common = List.copyOf(common);
    this.byEnvironment = byEnvironment;
    this.lock = lock;
    this.sources = sources;
    this.pins = Map.copyOf(pins);
  }

  /**
   * All of them, sorted by place. A mistake that several environments or turns of a loop share is
   * there once, in the words of the first; what {@code @allow} accepts is left out.
   */
  public List<Diagnostic> diagnostics() {
    var mistakes = new Mistakes(loops, allowances);
    common.forEach(each -> mistakes.add("", each));
    byEnvironment.forEach(
        (environment, own) -> own.forEach(each -> mistakes.add(environment, each)));
    return mistakes.sorted();
  }

  /** Those of the program itself and of one environment. */
  public List<Diagnostic> diagnostics(String environment) {
    var mistakes = new Mistakes(loops, allowances);
    common.forEach(each -> mistakes.add("", each));
    byEnvironment
        .getOrDefault(environment, List.of())
        .forEach(each -> mistakes.add(environment, each));
    return mistakes.sorted();
  }

  public boolean hasErrors() {
    return diagnostics().stream().anyMatch(Diagnostic::isError);
  }

  /** Whether one environment has errors; those of other environments do not count. */
  public boolean hasErrors(String environment) {
    return diagnostics(environment).stream().anyMatch(Diagnostic::isError);
  }

  /** Empty when no project is declared. */
  public Optional<String> projectName() {
    return declarations.project().map(project -> project.name().text());
  }

  /** Names of the environments that can be compiled for, the built-in {@code local} among them. */
  public SortedSet<String> environments() {
    return new TreeSet<>(plans.keySet());
  }

  /** What {@code serve.lock} pins; {@link Lock#NONE} where there is none. */
  public Lock lock() {
    return lock;
  }

  /**
   * What models and mounts of all environments are loaded from, with the names of those models:
   * what a lock is made of.
   */
  public SortedMap<String, SortedSet<String>> sources() {
    return sources.models();
  }

  public int fileCount() {
    return units.size();
  }

  public int modelCount() {
    return declarations.models().size();
  }

  /** The parsed files, for formatters and editors. */
  public List<SourceUnit> units() {
    return units;
  }

  Declarations declarations() {
    return declarations;
  }

  /** What is legal and yet most likely not meant; nothing for a program with errors. */
  List<Diagnostic> lint() {
    if (hasErrors()) {
      return List.of();
    }
    var pinned = new Subject.Pinned(pins, sources.models().keySet());
    var subject = Subject.of(units, declarations, plans.values(), lock, pinned);
    var found = new ArrayList<>(Linter.run(subject));
    var all = new ArrayList<>(found);
    all.addAll(common);
    byEnvironment.values().forEach(all::addAll);
    found.addAll(IdleAllowances.of(allowances, all));
    var mistakes = new Mistakes(loops, allowances);
    found.forEach(each -> mistakes.add("", each));
    return Linter.leveled(subject, mistakes.sorted());
  }

  /** The graphs of an environment, in the order of their names. */
  public List<GraphPlan> graphs(String environment) {
    return List.copyOf(graphs.getOrDefault(environment, List.of()));
  }

  /** The tests without mistakes, in the order of files and lines. */
  public List<TestCase> tests() {
    return tests;
  }

  /** What an environment's models cost; empty where there is no such environment. */
  public Optional<EnvironmentCost> cost(String environment) {
    return plan(environment).map(EnvironmentCost::of);
  }

  /** What a cluster can enforce of the policies. */
  List<Admission> admissions(String environment) {
    var limits = new TreeSet<String>();
    declarations
        .accelerators()
        .values()
        .forEach(
            each ->
                each.body().stream().flatMap(entry -> limit(entry).stream()).forEach(limits::add));
    return plan(environment)
        .map(plan -> policies.admissions(plan, List.copyOf(limits)))
        .orElse(List.of());
  }

  private static Optional<String> limit(Entry entry) {
    return entry instanceof Entry.Setting setting
            && setting.path().size() == 1
            && setting.path().getFirst().text().equals("limit")
        ? setting.value().plainText().filter(words -> !words.isEmpty())
        : Optional.empty();
  }

  Optional<EnvironmentPlan> plan(String environment) {
    return Optional.ofNullable(plans.get(environment));
  }
}
