package dev.salver.compiler;

import dev.salver.compiler.bind.Annotations;
import dev.salver.compiler.bind.Binder;
import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.Pins;
import dev.salver.compiler.check.UsedSources;
import dev.salver.compiler.diagnostic.Allowances;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.expand.Deprecations;
import dev.salver.compiler.expand.Expander;
import dev.salver.compiler.expand.Expansion;
import dev.salver.compiler.expand.Linked;
import dev.salver.compiler.expand.Linker;
import dev.salver.compiler.expand.NestedProjects;
import dev.salver.compiler.expand.SameEntries;
import dev.salver.compiler.expand.Templates;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.graph.Graphs;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.lock.LockReader;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Patches;
import dev.salver.compiler.policy.Policies;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.ParsedFiles;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.testing.Scene;
import dev.salver.compiler.testing.TestCase;
import dev.salver.compiler.testing.Tests;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a program again and again while it is being written: what an edit did not touch is not
 * worked out again. Each answer is the one that a new session would give.
 *
 * <p>Files are compared by place and text, declarations by identity or by all that they say and
 * where. What became of a model is kept for as long as everything is the same that a model may
 * read: its own declaration, all that is declared beside models and graphs, and the lock.
 *
 * <p>Holds on to the last program.
 */
public final class Session {
  private final ParsedFiles parsed = new ParsedFiles();
  private final SameEntries entries = new SameEntries();
  private @Nullable Shared shared;
  private @Nullable ReadLock lock;

  private record ReadLock(SourceFile file, LockReader.Result result) {}

  /**
   * Parses and checks a program in every environment.
   *
   * @param imports where imported projects lie, the standard library apart
   * @param lock what is known of its sources where the folder has no lock of its own
   */
  public synchronized Program check(SourceFolder folder, Imports imports, Lock lock) {
    var diagnostics = new Diagnostics();
    diagnostics.addAll(Compiler.unreadable(folder));
    parsed.round();
    List<SourceUnit> units =
        NestedProjects.without(folder.files().stream().map(parsed::parse).toList());
    units.forEach(unit -> diagnostics.addAll(unit.diagnostics()));
    Linked linked = Linker.link(written(units), Library.before(imports), parsed, diagnostics);
    Allowances allowances = Annotations.check(linked.entries(), diagnostics);
    Expansion program = entries.of(Expander.expand(linked.entries(), diagnostics), units);
    Deprecations.check(program.entries(), diagnostics);
    Declarations declarations =
        Binder.bind(program, linked.unresolved(), Library.units(), diagnostics);
    if (declarations.project().isEmpty()) {
      diagnostics.add(noProject(units));
    }
    Templates.of(declarations.graphs(), program.entries(), diagnostics).check();
    Optional<LockReader.Result> read = folder.lock().map(this::read);
    read.ifPresent(result -> diagnostics.addAll(result.diagnostics()));
    Lock known = read.map(LockReader.Result::lock).orElse(lock);
    Shared shared =
        shared(declarations, new Pins(known, read.isPresent() || Compiler.isLockBroken(folder)));
    Graphs graphs = Graphs.of(declarations, program.entries(), shared.signatures(), diagnostics);
    Patches.check(declarations, diagnostics);
    shared.written().check(declarations, diagnostics);
    Policies policies = shared.policies().telling(diagnostics);
    var followOns = FollowOns.of(units);
    var used = new UsedSources();
    var plans = new TreeMap<String, EnvironmentPlan>();
    var graphPlans = new TreeMap<String, List<GraphPlan>>();
    var byEnvironment = new TreeMap<String, List<Diagnostic>>();
    for (var each : shared.environments().telling(diagnostics)) {
      String name = each.environment().name();
      var own = new Diagnostics();
      EnvironmentPlan plan = each.planner().plan(declarations, used, own);
      plans.put(name, plan);
      own.addAll(each.refusals().of(plan));
      List<GraphPlan> planned = graphs.plan(plan, own);
      graphPlans.put(name, planned);
      if (!own.hasErrors()) {
        own.addAll(dev.salver.compiler.lower.Graphs.problems(plan, planned, declarations.graphs()));
      }
      policies.check(plan, planned, own);
      if (folder.shouldBeLocked()) {
        used.missing(name, declarations).ifPresent(own::add);
      }
      byEnvironment.put(
          name,
          isRootless(each.environment(), declarations)
              ? List.of()
              : followOns.removedFrom(own.sorted()));
    }
    var scenes = new TreeMap<String, Scene>();
    if (!declarations.tests().isEmpty()) {
      plans.forEach(
          (name, plan) ->
              scenes.put(
                  name,
                  new Scene(
                      declarations,
                      plan,
                      graphPlans.getOrDefault(name, List.of()),
                      graphs.signatures(plan))));
    }
    List<TestCase> tests = Tests.of(declarations, scenes, diagnostics);
    return new Program(
        units,
        declarations,
        program.loops(),
        allowances,
        plans,
        graphPlans,
        policies,
        tests,
        FollowOns.withoutIdleStubs(
            followOns.removedFrom(diagnostics.sorted()), byEnvironment.values()),
        byEnvironment,
        known,
        used,
        read.map(LockReader.Result::places).orElse(Map.of()));
  }

  /** Whether what it inherits is not known, which was reported: what lacks may stand there. */
  private static boolean isRootless(Environment environment, Declarations declarations) {
    return environment.chain().stream()
        .flatMap(each -> Optional.ofNullable(each.parent()).stream())
        .anyMatch(parent -> !declarations.environments().containsKey(parent.text()));
  }

  private static List<Entry> written(List<SourceUnit> units) {
    return units.stream()
        .flatMap(unit -> unit.entries().stream())
        .filter(entry -> !entry.isNameless())
        .toList();
  }

  private Shared shared(Declarations declarations, Pins pins) {
    Declarations now = declarations.shared();
    Shared before = shared;
    Shared held = before != null && before.holds(now, pins) ? before : Shared.of(now, pins);
    shared = held;
    return held;
  }

  private LockReader.Result read(SourceFile file) {
    ReadLock before = lock;
    if (before != null
        && before.file().path().equals(file.path())
        && before.file().text().equals(file.text())) {
      return before.result();
    }
    LockReader.Result result = LockReader.read(file);
    lock = new ReadLock(file, result);
    return result;
  }

  private static Diagnostic noProject(List<SourceUnit> units) {
    Span top = Compiler.top(units);
    String text = top.file().text().isEmpty() ? "project app { }\n" : "project app { }\n\n";
    return Diagnostic.of(Code.SV1004, top, "no `project NAME { }` is declared")
        .fixedBy(Fix.insert("insert `project app { }`", top.file(), 0, text));
  }
}
