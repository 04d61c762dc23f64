package dev.salver.compiler.policy;

import dev.salver.compiler.check.Ends;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.GpuPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.RuntimePlan;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.cost.Cost;
import dev.salver.compiler.cost.EnvironmentCost;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.value.Value;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A model in an environment as {@code self}, defaults put in. */
public final class ModelView {
  /** What KServe gives a server of one's own where nothing is said. */
  private static final Ends CPU = same(new Value.Plain(BigDecimal.ONE));

  private static final Ends MEMORY = same(new Value.Size(BigDecimal.valueOf(2L << 30), "2Gi"));
  private static final long TIMEOUT_MILLIS = 60_000;

  private ModelView() {}

  public static View of(ModelPlan model, EnvironmentPlan plan, EnvironmentCost cost) {
    Settings settings = model.settings();
    boolean own = model.runtime().isEmpty();
    var values =
        new Values()
            .put("name", model.name())
            .put("env", plan.environment().name())
            .put("namespace", plan.namespace())
            .put("labels", texts(settings, "labels"))
            .put("annotations", texts(settings, "annotations"))
            .put("mode", model.mode().word())
            .put("source", model.source())
            .put("format", model.format())
            .put("format-version", settings.text("format-version"))
            .put("wire", own ? Optional.empty() : Optional.of(model.wire()))
            .put("image", settings.text("image"))
            .put("runtime", model.runtime().map(ModelView::runtime))
            .put("cpu", Values.ends(own && isUnset(settings, "cpu") ? CPU : model.cpu()))
            .put(
                "memory", Values.ends(own && isUnset(settings, "memory") ? MEMORY : model.memory()))
            .put("gpu", model.gpu().map(ModelView::gpu))
            .put("scale", scale(model))
            .put(
                "batch",
                new Values()
                    .put("max", settings.whole("batch", "max"))
                    .put("delay", settings.duration("batch", "delay").map(Values::duration))
                    .map())
            .put("timeout", Values.duration(settings.duration("timeout").orElse(TIMEOUT_MILLIS)))
            .put("log", log(settings))
            .put("rollout", written(settings, "rollout"))
            .put("slo", objectives(settings))
            .put("expose", settings.text("expose").orElse("public"))
            .put("identity", settings.text("identity"))
            .put("cost", cost(cost.of(model)));
    return new View(model.name(), values.map(), settings);
  }

  /** Which setting decides what stands at a path of the view. */
  static Path setting(List<String> path) {
    return switch (path.getFirst()) {
      case "source" -> Path.of("from");
      case "runtime" -> Path.of("on");
      case "gpu" -> Path.of("gpu");
      case "cpu", "memory", "slo" -> Path.of(path.getFirst());
      case "cost" -> Path.of("scale", "replicas");
      case "scale" ->
          path.size() > 1 ? Path.of("scale", path.get(1)) : Path.of("scale", "replicas");
      default -> new Path(path);
    };
  }

  private static Map<String, Object> scale(ModelPlan model) {
    var scaling = model.scaling();
    Settings settings = model.settings();
    var target = new Values();
    scaling
        .target()
        .ifPresent(rate -> target.put(rate.unit().replace("%", ""), rate.amount().doubleValue()));
    return new Values()
        .put(
            "replicas",
            new Values()
                .put("min", scaling.min().map(Integer::longValue))
                .put("max", scaling.max().map(Integer::longValue))
                .map())
        .put("target", target.map())
        .put("hard-limit", scaling.hardLimit().map(Integer::doubleValue))
        .put("idle", settings.duration("scale", "idle").map(Values::duration))
        .put("window", settings.duration("scale", "window").map(Values::duration))
        .put("activation", scaling.activation())
        .put("burst", scaling.burst())
        .put("scaler", scaling.scaler())
        .map();
  }

  private static Map<String, Object> log(Settings settings) {
    Optional<String> to = settings.text("log", "to");
    return new Values()
        .put("to", to)
        .put("mode", to.map(url -> settings.text("log", "mode").orElse("both")))
        .map();
  }

  private static Map<String, Object> gpu(GpuPlan gpu) {
    return new Values()
        .put("accelerator", gpu.accelerator())
        .put("limit", gpu.limit())
        .put("count", gpu.count())
        .put("memory", gpu.memory().flatMap(Values::of))
        .put("price", gpu.hourly().map(BigDecimal::doubleValue))
        .map();
  }

  static Map<String, Object> runtime(RuntimePlan runtime) {
    Optional<String> image = runtime.settings().text("image");
    return new Values()
        .put("name", runtime.name())
        .put("image", image)
        .put("digest", digest(image))
        .map();
  }

  /** What stands behind the {@code @} of an image. */
  static Optional<String> digest(Optional<String> image) {
    return image
        .filter(text -> text.indexOf('@') >= 0)
        .map(text -> text.substring(text.indexOf('@') + 1));
  }

  static Map<String, Object> cost(Cost cost) {
    return new Values().put("hourly", dollars(cost)).put("monthly", dollars(cost.monthly())).map();
  }

  private static Map<String, Object> dollars(Cost cost) {
    return new Values()
        .put("min", cost.least().map(BigDecimal::doubleValue))
        .put("max", cost.most().map(BigDecimal::doubleValue))
        .map();
  }

  static Map<String, Object> texts(Settings settings, String key) {
    var texts = new TreeMap<String, Object>();
    settings.below(key).forEach((path, value) -> texts.put(path.first(), Settings.text(value)));
    return texts;
  }

  /** The words of a setting, whether or not this version compiles it. */
  private static Optional<String> written(Settings settings, String key) {
    return settings.leaf(Path.of(key)).map(leaf -> leaf.leaf().value().span().text().strip());
  }

  private static Optional<List<String>> objectives(Settings settings) {
    return settings
        .leaf(Path.of("slo"))
        .filter(leaf -> leaf.leaf().value() instanceof dev.salver.compiler.syntax.Expr.ListOf)
        .map(
            leaf -> {
              var list = (dev.salver.compiler.syntax.Expr.ListOf) leaf.leaf().value();
              var texts = new ArrayList<String>();
              list.items().forEach(item -> texts.add(item.span().text().strip()));
              return texts;
            });
  }

  private static boolean isUnset(Settings settings, String key) {
    return settings.leaf(Path.of(key)).isEmpty();
  }

  private static Ends same(Value value) {
    return new Ends(Optional.of(value), Optional.of(value));
  }
}
