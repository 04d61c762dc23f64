package dev.salver.compiler;

import dev.salver.compiler.bind.Annotations;
import dev.salver.compiler.bind.Binder;
import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.Params;
import dev.salver.compiler.check.Pins;
import dev.salver.compiler.check.Planner;
import dev.salver.compiler.check.Written;
import dev.salver.compiler.diagnostic.Allowances;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.emit.Files;
import dev.salver.compiler.expand.Deprecations;
import dev.salver.compiler.expand.Expander;
import dev.salver.compiler.expand.Expansion;
import dev.salver.compiler.expand.Linked;
import dev.salver.compiler.expand.Linker;
import dev.salver.compiler.expand.NestedProjects;
import dev.salver.compiler.expand.Templates;
import dev.salver.compiler.explain.Explainer;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.graph.Graphs;
import dev.salver.compiler.lock.Lock;
import dev.salver.compiler.lock.LockReader;
import dev.salver.compiler.lower.AdmissionPolicies;
import dev.salver.compiler.lower.Lowering;
import dev.salver.compiler.lower.Manifest;
import dev.salver.compiler.lower.Refusals;
import dev.salver.compiler.overlay.Environments;
import dev.salver.compiler.overlay.Patches;
import dev.salver.compiler.policy.Admission;
import dev.salver.compiler.policy.Policies;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.SourceFolder;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Parsing;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.testing.Models;
import dev.salver.compiler.testing.Samples;
import dev.salver.compiler.testing.Scene;
import dev.salver.compiler.testing.TestCase;
import dev.salver.compiler.testing.TestResult;
import dev.salver.compiler.testing.TestRun;
import dev.salver.compiler.testing.Tests;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From sources to manifests. No I/O, no clock, no network: the same sources give the same bytes.
 */
public final class Compiler {
  private Compiler() {}

  /**
   * Reads the standard library ahead, on a thread of its own, so that a short run can do something
   * else meanwhile. Not needed for a check to work.
   */
  public static void readAhead() {
    Thread.ofPlatform().daemon().name("standard-library").start(Library::units);
  }

  /** Parses and checks a program in every environment; it imports the standard library alone. */
  public static Program check(SourceFolder folder) {
    return check(folder, Imports.NONE, Lock.NONE);
  }

  /**
   * Parses and checks a program in every environment.
   *
   * @param imports where imported projects lie, the standard library apart
   */
  public static Program check(SourceFolder folder, Imports imports) {
    return check(folder, imports, Lock.NONE);
  }

  /**
   * Parses and checks a program in every environment.
   *
   * @param imports where imported projects lie, the standard library apart
   * @param lock what is known of its sources where the folder has no lock of its own
   */
  public static Program check(SourceFolder folder, Imports imports, Lock lock) {
    var diagnostics = new Diagnostics();
    diagnostics.addAll(unreadable(folder));
    List<SourceUnit> units =
        NestedProjects.without(folder.files().stream().map(Parsing::parse).toList());
    units.forEach(unit -> diagnostics.addAll(unit.diagnostics()));
    Linked linked =
        Linker.link(
            units.stream()
                .flatMap(unit -> unit.entries().stream())
                .filter(entry -> !entry.isNameless())
                .toList(),
            Library.before(imports),
            diagnostics);
    Allowances allowances = Annotations.check(linked.entries(), diagnostics);
    Expansion program = Expander.expand(linked.entries(), diagnostics);
    Deprecations.check(program.entries(), diagnostics);
    Declarations declarations =
        Binder.bind(program, linked.unresolved(), Library.units(), diagnostics);
    if (declarations.project().isEmpty()) {
      diagnostics.add(noProject(units));
    }
    Templates.of(declarations.graphs(), program.entries(), diagnostics).check();
    var read = folder.lock().map(LockReader::read);
    read.ifPresent(result -> diagnostics.addAll(result.diagnostics()));
    Lock known = read.map(LockReader.Result::lock).orElse(lock);
    Graphs graphs = Graphs.of(declarations, program.entries(), known, diagnostics);
    Patches.check(declarations, diagnostics);
    Written.check(declarations, diagnostics);
    var pins = new Pins(Optional.of(known), read.isPresent() || broken(folder));
    Policies policies = Policies.of(declarations, diagnostics);
    var followOns = FollowOns.of(units);
    var plans = new TreeMap<String, EnvironmentPlan>();
    var graphPlans = new TreeMap<String, List<GraphPlan>>();
    var byEnvironment = new TreeMap<String, List<Diagnostic>>();
    var environments =
        Params.check(
            declarations, Environments.of(declarations, diagnostics).values(), diagnostics);
    for (var environment : environments) {
      var own = new Diagnostics();
      EnvironmentPlan plan = Planner.plan(declarations, environment, pins, own);
      plans.put(environment.name(), plan);
      own.addAll(Refusals.of(plan));
      List<GraphPlan> planned = graphs.plan(plan, own);
      graphPlans.put(environment.name(), planned);
      if (!own.hasErrors()) {
        own.addAll(dev.salver.compiler.lower.Graphs.problems(plan, planned, declarations.graphs()));
      }
      policies.check(plan, planned, own);
      if (folder.shouldBeLocked()) {
        pins.missing(declarations).ifPresent(own::add);
      }
      byEnvironment.put(environment.name(), followOns.removedFrom(own.sorted()));
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
        pins.lock(),
        pins.models(),
        read.map(LockReader.Result::places).orElse(Map.of()));
  }

  private static boolean broken(SourceFolder folder) {
    return folder.unreadable().stream().anyMatch(each -> isLock(each.file()));
  }

  private static boolean isLock(SourceFile file) {
    return file.path().equals(SourceFolder.LOCK);
  }

  /**
   * Writes an environment's manifests; none if the program or the environment has errors, or if
   * there is no such environment.
   */
  public static Output compile(Program program, String environment, Target target) {
    var plan = program.plan(environment);
    if (plan.isEmpty()) {
      return nothing(environment, "", List.of(unknown(program, environment)));
    }
    List<Diagnostic> diagnostics = program.diagnostics(environment);
    if (target.files().isPresent()) {
      diagnostics = diagnostics.stream().filter(each -> each.code() != Code.SV5003).toList();
    }
    String namespace = plan.get().namespace();
    if (diagnostics.stream().anyMatch(Diagnostic::isError)) {
      return nothing(environment, namespace, diagnostics);
    }
    List<Manifest> manifests = manifests(program, plan.get(), target);
    var services = new ArrayList<>(plan.get().models().stream().map(Compiler::service).toList());
    for (GraphPlan graph : program.graphs(environment)) {
      services.add(service(graph, plan.get()));
    }
    return new Output(
        environment,
        namespace,
        Collections.unmodifiableSortedMap(Files.of(manifests)),
        services,
        diagnostics);
  }

  private static List<Manifest> manifests(Program program, EnvironmentPlan plan, Target target) {
    String environment = plan.environment().name();
    var manifests =
        new ArrayList<>(
            Lowering.lower(
                plan,
                program.graphs(environment),
                (source, declaration) ->
                    target
                        .files()
                        .map(files -> files.resolve(source, declaration))
                        .orElse(source)));
    String prefix = program.projectName().orElse("default") + "-" + environment;
    for (Admission admission : program.admissions(environment)) {
      manifests.addAll(AdmissionPolicies.of(admission, prefix, plan.namespace()));
    }
    return manifests;
  }

  /**
   * Runs one of a program's tests; sources of this machine stand in its manifests as they are
   * written.
   */
  public static TestResult run(Program program, TestCase test, Models models, Samples samples) {
    return TestRun.run(
        test,
        models,
        samples,
        () ->
            manifests(program, test.scene().plan(), Target.cluster()).stream()
                .map(Manifest::object)
                .toList());
  }

  /**
   * What is legal and yet most likely not meant, in a program without errors; nothing for one with
   * errors. The project's {@code lint { }} sets levels.
   */
  public static List<Diagnostic> lint(Program program) {
    return program.lint();
  }

  /**
   * Where a setting of an environment comes from.
   *
   * @param path {@code fraud.scale.replicas}, {@code fraud}, {@code namespace}
   * @return empty where there is no such environment
   */
  public static Optional<Explainer.Answer> explain(
      Program program, String environment, String path) {
    return program
        .plan(environment)
        .map(plan -> Explainer.explain(program.declarations(), plan, path));
  }

  private static Service service(ModelPlan model) {
    return new Service(
        model.name(),
        "model",
        model.mode().word(),
        model.settings().declared(),
        model.wire(),
        model.format());
  }

  private static Service service(GraphPlan graph, EnvironmentPlan plan) {
    return new Service(
        graph.name(),
        "graph",
        dev.salver.compiler.lower.Graphs.mode(graph, plan).word(),
        graph.declared(),
        "v2",
        Optional.empty());
  }

  private static Output nothing(
      String environment, String namespace, List<Diagnostic> diagnostics) {
    return new Output(environment, namespace, Collections.emptySortedMap(), List.of(), diagnostics);
  }

  private static Diagnostic unknown(Program program, String environment) {
    Resource declared = program.declarations().environments().get(environment);
    if (declared != null) {
      return Diagnostic.of(
          Code.SV3006,
          declared.name().span(),
          "the environment `"
              + environment
              + "` is `@abstract`: it is extended, and never compiled itself");
    }
    var names = new ArrayList<String>();
    program.environments().forEach(name -> names.add("`" + name + "`"));
    return Diagnostic.of(
        Code.SV3006,
        top(program.units()),
        "there is no environment `"
            + environment
            + "`, but "
            + String.join(", ", names)
            + Spelling.nearest(environment, program.environments())
                .map(near -> "; did you mean `" + near + "`?")
                .orElse(""));
  }

  private static Diagnostic noProject(List<SourceUnit> units) {
    Span top = top(units);
    String text = top.file().text().isEmpty() ? "project app { }\n" : "project app { }\n\n";
    return Diagnostic.of(Code.SV1004, top, "no `project NAME { }` is declared")
        .fixedBy(Fix.insert("insert `project app { }`", top.file(), 0, text));
  }

  private static Span top(List<SourceUnit> units) {
    SourceFile first =
        units.isEmpty() ? SourceFile.of("project.serve", "") : units.getFirst().file();
    return new Span(first, 0, 0);
  }

  /** Why files of a folder were not read. */
  public static List<Diagnostic> unreadable(SourceFolder folder) {
    return folder.unreadable().stream().map(Compiler::unreadable).toList();
  }

  private static Diagnostic unreadable(SourceFolder.Unreadable file) {
    var span = new Span(file.file(), 0, 0);
    String path = "`" + file.file().path() + "`";
    if (isLock(file.file())) {
      String why = file.reason() == SourceFolder.Reason.TOO_LARGE ? "is too large" : "is no text";
      return Diagnostic.of(Code.SV7024, span, path + " " + why + " and was not read");
    }
    return switch (file.reason()) {
      case TOO_LARGE ->
          Diagnostic.of(Code.SV0001, span, path + " is larger than 1 MiB and was not read");
      case NOT_UTF8 -> Diagnostic.of(Code.SV0002, span, path + " is not UTF-8 text");
    };
  }
}
