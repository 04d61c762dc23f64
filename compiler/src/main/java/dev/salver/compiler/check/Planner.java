package dev.salver.compiler.check;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
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
import java.util.SortedMap;
import java.util.TreeMap;

/** Works out one environment: each model with its mode, runtime, format, resources and scaling. */
public final class Planner {
  private static final Path FROM = Path.of("from");
  private static final Path ON = Path.of("on");

  /** Of formats that could be meant. */
  private static final int MOST_OFFERED = 4;

  private final Environment environment;
  private final Diagnostics diagnostics;
  private final Overlay overlay;
  private final Runtimes runtimes;
  private final Gpus gpus;
  private final Rollouts rollouts;
  private final Pins pins;
  private final SortedMap<String, Settings> settings = new TreeMap<>();

  private Planner(
      Declarations declarations, Environment environment, Pins pins, Diagnostics diagnostics) {
    this.environment = environment;
    this.pins = pins;
    this.diagnostics = diagnostics;
    this.overlay = new Overlay(declarations, diagnostics);
    this.runtimes = new Runtimes(declarations, overlay, environment, diagnostics);
    this.gpus = new Gpus(declarations, overlay, environment, diagnostics);
    this.rollouts = new Rollouts(declarations, overlay, environment, diagnostics);
  }

  public static EnvironmentPlan plan(
      Declarations declarations, Environment environment, Pins pins, Diagnostics diagnostics) {
    var planner = new Planner(declarations, environment, pins, diagnostics);
    var settings =
        new Settings(
            Kind.ENV, environment.settings(), environment.scope(), environment.at(), diagnostics);
    String project = declarations.project().map(each -> each.name().text()).orElse("default");
    String namespace = settings.text("namespace").orElse(project);
    Namespaces.check(namespace, settings, diagnostics);
    Mode mode = settings.text("mode").map(Planner::mode).orElse(Mode.STANDARD);
    boolean pinned = settings.bool("pinned").orElse(false);
    var models = new ArrayList<ModelPlan>();
    boolean builtIn =
        settings
            .leaf(Path.of("mode"))
            .filter(each -> each.leaf().at().file().isLibrary() || settings.text("mode").isEmpty())
            .isPresent();
    for (Resource model : declarations.models().values()) {
      planner.model(model, mode, builtIn, namespace, pinned).ifPresent(models::add);
    }
    for (Entry.Graph graph : declarations.graphs().values()) {
      if (!graph.isTemplate()) {
        planner.settings(graph.asResource());
      }
    }
    return new EnvironmentPlan(
        environment, namespace, mode, settings.text("backend"), models, planner.settings);
  }

  private static Mode mode(String word) {
    return word.equals("knative") ? Mode.KNATIVE : Mode.STANDARD;
  }

  private Optional<ModelPlan> model(
      Resource declared, Mode byDefault, boolean builtIn, String namespace, boolean pinned) {
    Span at = declared.name().span();
    Settings model = settings(declared);
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
      unreachable(model, source.get());
    }
    String name = declared.name().text();
    source.ifPresent(
        each -> pins.use(each, name, model.at(FROM), environment, pinned, diagnostics));
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
      pins.use(mount.source(), name, place, environment, pinned, diagnostics);
    }
    Optional<String> format = own ? Optional.empty() : format(model, source);
    Optional<RuntimePlan> runtime = own ? Optional.empty() : runtime(model, format, wire);
    boolean onNodes = runtime.filter(plan -> plan.form() == RuntimePlan.Form.WORKERS).isPresent();
    Mode mode =
        model
            .text("mode")
            .map(Planner::mode)
            .orElse(lenient && onNodes ? Mode.STANDARD : byDefault);
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
    Optional<GpuPlan> gpu = gpus.of(model, parallel, source.flatMap(pins::artifact));
    Optional<RolloutPlan> rollout = rollouts.of(model, mode, lenient).filter(plan -> !llm);
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

  private Settings settings(Resource declared) {
    var worked =
        new Settings(
            declared, overlay.settings(environment, declared), environment.scope(), diagnostics);
    settings.put(declared.name().text(), worked);
    return worked;
  }

  private void unreachable(Settings model, String source) {
    diagnostics.add(
        Diagnostic.of(
                Code.SV5003,
                model.at(FROM),
                "the cluster of `" + environment.name() + "` cannot reach `" + source + "`")
            .relating(environment.at(), "`env " + environment.name() + "` sets no other source"));
  }

  private Optional<String> format(Settings model, Optional<String> source) {
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
    if (format.isEmpty() && !unknown) {
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

  private Optional<RuntimePlan> runtime(Settings model, Optional<String> format, String wire) {
    Optional<String> on = model.text("on");
    if (on.isPresent()) {
      return runtimes.named(on.get(), model, format, wire);
    }
    return format.flatMap(known -> runtimes.choose(model, known, wire));
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
