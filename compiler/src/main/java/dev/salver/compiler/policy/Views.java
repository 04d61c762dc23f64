package dev.salver.compiler.policy;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.GpuPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.RuntimePlan;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.cost.EnvironmentCost;
import dev.salver.compiler.graph.Body;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.graph.Step;
import dev.salver.compiler.overlay.Effective;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a policy of a kind speaks of in an environment, in the order of names. */
public final class Views {
  private final EnvironmentPlan plan;
  private final List<GraphPlan> graphs;

  public Views(EnvironmentPlan plan, List<GraphPlan> graphs) {
    this.plan = plan;
    this.graphs = List.copyOf(graphs);
  }

  /** Of the kinds of {@link Shapes}; runtimes and accelerators are those that models use. */
  public List<View> of(String kind) {
    return switch (kind) {
      case "model" -> plan.models().stream().map(this::model).toList();
      case "graph" -> graphs.stream().map(this::graph).toList();
      case "env" -> List.of(environment());
      case "runtime" -> runtimes();
      case "accelerator" -> accelerators();
      default -> List.of();
    };
  }

  View model(ModelPlan model) {
    return ModelView.of(model, plan, EnvironmentCost.alone(model));
  }

  private View environment() {
    var labels = new TreeMap<String, Object>();
    plan.environment()
        .settings()
        .forEach(
            (path, effective) -> {
              if (path.isWithin(Path.of("labels")) && path.size() == 2) {
                labels.put(path.keys().getLast(), plain(effective.leaf().value().span().text()));
              }
            });
    @Nullable Effective set = plan.environment().settings().get(Path.of("mode"));
    String mode = set == null ? "standard" : set.leaf().value().span().text();
    var values =
        new Values()
            .put("name", plan.environment().name())
            .put("namespace", plan.namespace())
            .put("mode", mode)
            .put("labels", labels)
            .put("models", plan.models().stream().map(ModelPlan::name).toList())
            .put("cost", ModelView.cost(EnvironmentCost.of(plan).total()));
    Span at = plan.environment().at();
    return new View(plan.environment().name(), values.map(), at, path -> at);
  }

  private static String plain(String literal) {
    boolean quoted = literal.length() > 1 && literal.startsWith("\"") && literal.endsWith("\"");
    return quoted ? literal.substring(1, literal.length() - 1) : literal;
  }

  private View graph(GraphPlan graph) {
    Settings settings = graph.settings();
    var steps = new ArrayList<String>();
    steps(graph.body(), steps);
    var values =
        new Values()
            .put("name", graph.name())
            .put("env", plan.environment().name())
            .put("namespace", plan.namespace())
            .put("labels", ModelView.texts(settings, "labels"))
            .put("annotations", ModelView.texts(settings, "annotations"))
            .put("steps", steps);
    graph.timeoutMillis().ifPresent(millis -> values.put("timeout", Values.duration(millis)));
    return new View(graph.name(), values.map(), graph.declared(), settings::at);
  }

  private static void steps(Body body, List<String> names) {
    for (Step step : body.steps()) {
      names.add(step.name());
    }
  }

  private List<View> runtimes() {
    var used = new TreeMap<String, RuntimePlan>();
    plan.models().forEach(model -> model.runtime().ifPresent(each -> used.put(each.name(), each)));
    return used.values().stream().map(this::runtime).toList();
  }

  private View runtime(RuntimePlan runtime) {
    Settings settings = runtime.settings();
    Map<String, Object> image = ModelView.runtime(runtime);
    image.put("env", plan.environment().name());
    image.put("formats", runtime.formats());
    image.put("wire", runtime.wires());
    image.put("cpu", Values.ends(runtime.resource("cpu")));
    image.put("memory", Values.ends(runtime.resource("memory")));
    image.put("labels", ModelView.texts(settings, "labels"));
    image.put("annotations", ModelView.texts(settings, "annotations"));
    return view(
        runtime.name(),
        image,
        user(
            model -> model.runtime().equals(java.util.Optional.of(runtime)),
            settings.declared(),
            "on"),
        settings::at);
  }

  private List<View> accelerators() {
    var used = new TreeMap<String, GpuPlan>();
    plan.models()
        .forEach(model -> model.gpu().ifPresent(each -> used.put(each.accelerator(), each)));
    return used.values().stream().map(this::accelerator).toList();
  }

  private View accelerator(GpuPlan gpu) {
    var values =
        new Values()
            .put("name", gpu.accelerator())
            .put("env", plan.environment().name())
            .put("limit", gpu.limit())
            .put("memory", gpu.memory().flatMap(Values::of))
            .put("price", gpu.hourly().map(BigDecimal::doubleValue));
    Span at =
        user(
            model ->
                model
                    .gpu()
                    .filter(each -> each.accelerator().equals(gpu.accelerator()))
                    .isPresent(),
            plan.environment().at(),
            "gpu");
    return view(gpu.accelerator(), values.map(), at, path -> at);
  }

  private static View view(
      String name, Map<String, Object> values, Span at, Function<Path, Span> origins) {
    return new View(
        name,
        values,
        at,
        path -> {
          Span origin = origins.apply(path);
          return origin.file().isLibrary() ? at : origin;
        });
  }

  /** A place of the project: the declaration's own, or where the first model asks for it. */
  private Span user(java.util.function.Predicate<ModelPlan> uses, Span declared, String key) {
    if (!declared.file().isLibrary() && !key.equals("gpu")) {
      return declared;
    }
    return plan.models().stream()
        .filter(uses)
        .findFirst()
        .map(model -> model.settings().at(Path.of(key)))
        .orElse(declared);
  }
}
