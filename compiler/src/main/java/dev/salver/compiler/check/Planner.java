package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.memo.Found;
import dev.salver.compiler.memo.Memo;
import dev.salver.compiler.overlay.Environment;
import dev.salver.compiler.overlay.Overlay;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Works out one environment: each model with its mode, runtime, format, resources and scaling.
 *
 * <p>A planner is made of what many declarations read, and can be asked again as long as all of
 * that is the same: then a model whose declaration is the same object has the same plan.
 */
public final class Planner {
  private static final Path FROM = Path.of("from");
  private static final Path ON = Path.of("on");

  /** Of formats that could be meant. */
  private static final int MOST_OFFERED = 4;

  private final Environment environment;
  private final Diagnostics found = new Diagnostics();
  private final Overlay overlay;
  private final Runtimes runtimes;
  private final Rollouts rollouts;
  private final Declarations shared;
  private final Pins pins;
  private final String namespace;
  private final Mode mode;
  private final boolean builtIn;
  private final boolean pinned;
  private final Optional<String> backend;
  private final Memo<Resource, PlannedModel> models = new Memo<>();
  private final Memo<Entry.Graph, Found<Settings>> graphs = new Memo<>();

  /**
   * @param shared of the program's declarations what models and graphs read beside themselves
   */
  public Planner(Declarations shared, Environment environment, Pins pins) {
    this.shared = shared;
    this.environment = environment;
    this.pins = pins;
    this.overlay = new Overlay(shared, found);
    overlay.read(environment);
    this.runtimes = new Runtimes(shared, overlay, environment, found);
    this.rollouts = new Rollouts(shared, overlay, environment, found);
    var settings =
        new Settings(
            Kind.ENV, environment.settings(), environment.scope(), environment.at(), found);
    String project = shared.project().map(each -> each.name().text()).orElse("default");
    this.namespace = settings.text("namespace").orElse(project);
    Namespaces.check(namespace, settings, found);
    this.mode = settings.text("mode").map(Planner::mode).orElse(Mode.STANDARD);
    this.pinned = settings.bool("pinned").orElse(false);
    this.backend = settings.text("backend");
    this.builtIn =
        settings
            .leaf(Path.of("mode"))
            .filter(each -> each.leaf().at().file().isLibrary() || settings.text("mode").isEmpty())
            .isPresent();
    settings.seal();
  }

  /**
   * The models and graphs of a program.
   *
   * @param declarations what they share is what this planner was made of
   */
  public EnvironmentPlan plan(
      Declarations declarations, UsedSources used, Diagnostics diagnostics) {
    diagnostics.addAll(found.found());
    models.round();
    graphs.round();
    var settings = new TreeMap<String, Settings>();
    var plans = new ArrayList<ModelPlan>();
    for (Resource declared : declarations.models().values()) {
      PlannedModel planned = models.of(declared, this::planned);
      diagnostics.addAll(planned.found());
      planned.uses().forEach(use -> used.add(environment.name(), declared.name().text(), use));
      settings.put(declared.name().text(), planned.settings());
      planned.plan().ifPresent(plans::add);
    }
    for (Entry.Graph graph : declarations.graphs().values()) {
      if (!graph.isTemplate()) {
        settings.put(graph.name().text(), graphs.of(graph, this::graph).telling(diagnostics));
      }
    }
    return new EnvironmentPlan(environment, namespace, mode, backend, plans, settings);
  }

  private Found<Settings> graph(Entry.Graph graph) {
    return Found.of(
        own -> {
          Settings settings = settings(graph.asResource(), own);
          settle(settings, settings.bool("deploy").orElse(true));
          return settings;
        });
  }

  /** What is wrong with what is left out does not matter. */
  private static void settle(Settings settings, boolean isDeployed) {
    if (isDeployed) {
      settings.settle();
    } else {
      settings.seal();
    }
  }

  private PlannedModel planned(Resource declared) {
    var own = new Diagnostics();
    var uses = new ArrayList<Pins.Use>();
    Settings settings = settings(declared, own);
    Optional<ModelPlan> plan = model(declared, settings, uses, own);
    settle(settings, plan.isPresent());
    return new PlannedModel(settings, plan, uses, own.found());
  }

  private static Mode mode(String word) {
    return word.equals("knative") ? Mode.KNATIVE : Mode.STANDARD;
  }

  private Optional<ModelPlan> model(
      Resource declared, Settings model, List<Pins.Use> uses, Diagnostics diagnostics) {
    Span at = declared.name().span();
    if (!model.bool("deploy").orElse(true)) {
      return Optional.empty();
    }
    Optional<String> source = model.text("from");
    if (source.isEmpty() && model.leaf(FROM).isPresent()) {
      return Optional.empty();
    }
    if (source.isPresent() && !Sources.check(source.get(), model.at(FROM), diagnostics)) {
      return Optional.empty();
    }
    if (source.filter(Sources::isElsewhere).isPresent()) {
      Effects.elsewhere(model, diagnostics);
      return Optional.empty();
    }
    if (source.filter(Sources::isLocal).isPresent() && !environment.isLocal()) {
      diagnostics.add(unreachable(model, source.get()));
    }
    String name = declared.name().text();
    source.ifPresent(
        each -> uses.add(pins.use(each, model.at(FROM), environment, pinned, diagnostics)));
    boolean ofModel = model.leaf(Path.of("mode")).isPresent();
    boolean lenient = ofModel ? model.text("mode").isEmpty() : builtIn;
    MetadataNames.check(model, diagnostics);
    Reserved.check(model, diagnostics);
    String wire = model.text("wire").orElse("v2");
    boolean own = model.leaf(Path.of("image")).isPresent() && model.leaf(ON).isEmpty();
    Effects.check(model, own, diagnostics);
    StoragePlan storage = Storage.of(model, source, own, diagnostics);
    for (StoragePlan.Mount mount : storage.mounts()) {
      Span place = model.at(Path.of("mounts", mount.folder()));
      uses.add(pins.use(mount.source(), place, environment, pinned, diagnostics));
    }
    Optional<String> format = own ? Optional.empty() : format(model, source, diagnostics);
    Optional<RuntimePlan> runtime =
        own ? Optional.empty() : runtime(model, format, wire, diagnostics);
    runtime.ifPresent(plan -> diagnostics.addAll(runtimes.faults(plan)));
    boolean onNodes = runtime.filter(plan -> plan.form() == RuntimePlan.Form.WORKERS).isPresent();
    Mode mode =
        model
            .text("mode")
            .map(Planner::mode)
            .orElse(lenient && onNodes ? Mode.STANDARD : this.mode);
    Scaling scaling =
        new ScalingRules(model, mode, environment.name(), lenient, diagnostics).scaling();
    if (onNodes) {
      scaling = scaling.fixed();
    }
    Components components = Components.of(model, mode, environment.name(), lenient, diagnostics);
    boolean hasTransformer =
        components.transformer().filter(plan -> !plan.isCollocated()).isPresent();
    HostNames.check(name, at, mode, namespace, hasTransformer, diagnostics);
    Optional<ParallelPlan> parallel = Carried.check(model, runtime, mode, diagnostics);
    boolean llm = runtime.filter(plan -> plan.form() == RuntimePlan.Form.LLM).isPresent();
    RawFields.check(model, llm ? "LLMInferenceService" : "InferenceService", diagnostics);
    Optional<GpuPlan> gpu =
        new Gpus(shared, overlay, environment, diagnostics)
            .of(model, parallel, source.flatMap(pins::artifact));
    Optional<RolloutPlan> rollout =
        rollouts.of(model, mode, lenient, diagnostics).filter(plan -> !llm);
    if (!own && (runtime.isEmpty() || format.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(
        new ModelPlan(
            name,
            mode,
            source,
            format,
            wire,
            runtime,
            gpu,
            ends(model, runtime, "cpu"),
            ends(model, runtime, "memory"),
            scaling,
            components,
            storage,
            parallel,
            rollout,
            model));
  }

  private Settings settings(Resource declared, Diagnostics diagnostics) {
    return new Settings(
        declared,
        overlay.settings(environment, declared, diagnostics),
        environment.scope(),
        diagnostics);
  }

  private Diagnostic unreachable(Settings model, String source) {
    return Diagnostic.of(
            Code.SV5003,
            model.at(FROM),
            "the cluster of `" + environment.name() + "` cannot reach `" + source + "`")
        .relating(environment.at(), "`env " + environment.name() + "` sets no other source");
  }

  private Optional<String> format(
      Settings model, Optional<String> source, Diagnostics diagnostics) {
    Optional<String> said = model.text("format");
    if (said.isPresent() || model.leaf(Path.of("format")).isPresent()) {
      return said;
    }
    Optional<String> on = model.text("on");
    Optional<String> format =
        source
            .flatMap(Sources::format)
            .or(() -> source.flatMap(pins::format))
            .or(() -> on.flatMap(runtimes::onlyFormat));
    boolean unknown = on.filter(name -> !runtimes.knowsFormats(name)).isPresent();
    boolean elsewhere =
        source.isEmpty()
            && Stream.of("source", "uri", "storageUri")
                .anyMatch(key -> model.leaf(Path.of(key)).isPresent());
    if (format.isEmpty() && !unknown && !elsewhere) {
      var diagnostic =
          Diagnostic.of(
              Code.SV5006,
              source.isPresent() ? model.at(FROM) : model.declared(),
              source.isPresent()
                  ? "the name of this source does not tell its format, add `format = …`"
                  : "without `from`, `format = …` says what is served, or `image` how");
      diagnostics.add(
          diagnostic.offering(
              on.map(runtimes::formats).orElse(List.of()).stream()
                  .limit(MOST_OFFERED)
                  .flatMap(each -> model.said("format", each).stream())
                  .map(Fix::suggested)
                  .toList()));
    }
    return format;
  }

  private Optional<RuntimePlan> runtime(
      Settings model, Optional<String> format, String wire, Diagnostics diagnostics) {
    Optional<String> on = model.text("on");
    if (on.isPresent()) {
      return runtimes.named(on.get(), model, format, wire, diagnostics);
    }
    return format.flatMap(known -> runtimes.choose(model, known, wire, diagnostics));
  }

  /** The model's own, else the runtime's. */
  private static Ends ends(Settings model, Optional<RuntimePlan> runtime, String key) {
    Path path = Path.of(key);
    return model
        .value(path)
        .or(() -> runtime.flatMap(plan -> plan.settings().value(path)))
        .map(Ends::of)
        .orElse(Ends.OPEN);
  }
}
