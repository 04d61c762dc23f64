package dev.salver.compiler.policy;

import dev.salver.compiler.cel.Dialect;
import dev.salver.compiler.cel.Shape;
import dev.salver.compiler.check.EnvironmentPlan;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The view of a model as fields of its InferenceService, {@code object} in a
 * ValidatingAdmissionPolicy. A path that is not here is not in the manifest, or does not say there
 * what it says here.
 */
final class AdmissionDialect implements Dialect {
  private static final String MODEL = "object.spec.predictor.model";

  /** A server of one's own. */
  private static final String OWN = "object.spec.predictor.containers[0]";

  private static final String LABELS = "object.metadata.labels";
  private static final String ANNOTATIONS = "object.metadata.annotations";
  private static final String MODE = "\"serving.kserve.io/deploymentMode\"";

  private final EnvironmentPlan plan;
  private final Map<String, Object> params;
  private final List<String> limits;
  private final Consumer<String> left;

  /**
   * @param limits the extended resources of accelerators
   * @param left told the paths that do not survive
   */
  AdmissionDialect(
      EnvironmentPlan plan,
      Map<String, Object> params,
      List<String> limits,
      Consumer<String> left) {
    this.plan = plan;
    this.params = params;
    this.limits = List.copyOf(limits);
    this.left = left;
  }

  @Override
  public boolean hasOwnFunctions() {
    return false;
  }

  @Override
  public Optional<String> isSet(List<String> path) {
    if (isSection(path)) {
      left.accept(String.join(".", path.subList(1, path.size())));
      return Optional.empty();
    }
    return read(path, Shape.ANY).map(read -> read.guard().isEmpty() ? "true" : read.guard());
  }

  private static boolean isSection(List<String> path) {
    String joined = String.join(".", path);
    return List.of(
            "self.scale",
            "self.gpu",
            "self.runtime",
            "self.batch",
            "self.log",
            "self.cost",
            "self.cpu",
            "self.memory",
            "self.scale.replicas",
            "self.scale.target")
        .contains(joined);
  }

  @Override
  public Optional<Read> read(List<String> path, Shape shape) {
    if (path.equals(List.of("env"))) {
      return Optional.of(always(quoted(plan.environment().name())));
    }
    if (params.containsKey(path.getFirst()) && path.size() == 1) {
      return constant(params.get(path.getFirst()));
    }
    List<String> below = path.getFirst().equals("self") ? path.subList(1, path.size()) : path;
    Read read = below.isEmpty() ? null : field(below);
    if (read == null) {
      left.accept(String.join(".", below));
    }
    return Optional.ofNullable(read);
  }

  private static Optional<Read> constant(@Nullable Object value) {
    return switch (value) {
      case String text -> Optional.of(always(quoted(text)));
      case Boolean bool -> Optional.of(always(bool.toString()));
      case Long whole -> Optional.of(always(whole.toString()));
      case Double number ->
          Optional.of(always("double(" + BigDecimal.valueOf(number).toPlainString() + ")"));
      case null, default -> Optional.empty();
    };
  }

  private @Nullable Read field(List<String> path) {
    if (path.size() == 2 && path.getFirst().equals("labels")) {
      return entry(LABELS, path.getLast());
    }
    if (path.size() == 2 && path.getFirst().equals("annotations")) {
      boolean ours = path.getLast().contains("knative.dev/") || path.getLast().contains("kserve");
      return ours || path.getLast().equals("modelFormat")
          ? null
          : entry(ANNOTATIONS, path.getLast());
    }
    String predictor = "object.spec.predictor.";
    return switch (String.join(".", path)) {
      case "name" -> always("object.metadata.name");
      case "env" -> always(quoted(plan.environment().name()));
      case "namespace" -> always(quoted(plan.namespace()));
      case "labels" -> new Read(LABELS, "(has(" + LABELS + ") && size(" + LABELS + ") > 0)");
      case "mode" ->
          new Read(
              "(" + ANNOTATIONS + "[" + MODE + "] == \"Knative\" ? \"knative\" : \"standard\")",
              "has(" + ANNOTATIONS + ") && " + MODE + " in " + ANNOTATIONS);
      case "scale.replicas.min" -> plain(predictor + "minReplicas");
      case "scale.replicas.max" -> plain(predictor + "maxReplicas");
      case "scale.target.rps" -> target("rps");
      case "scale.target.concurrent" -> target("concurrency");
      case "scale.hard-limit" ->
          new Read(
              "double(" + predictor + "containerConcurrency)",
              "has(" + predictor + "containerConcurrency)");
      case "timeout" -> seconds(predictor + "timeout", "s");
      case "batch.max" -> nested(predictor + "batcher", "maxBatchSize");
      case "batch.delay" -> {
        Read delay = nested(predictor + "batcher", "maxLatency");
        yield new Read("duration(string(" + delay.value() + ") + \"ms\")", delay.guard());
      }
      case "log.to" -> nested(predictor + "logger", "url");
      case "log.mode" -> {
        Read mode = nested(predictor + "logger", "mode");
        yield new Read(
            "(" + mode.value() + " == \"all\" ? \"both\" : " + mode.value() + ")", mode.guard());
      }
      case "identity" -> plain(predictor + "serviceAccountName");
      case "runtime.name" -> ofModel("runtime");
      case "wire" -> ofModel("protocolVersion");
      case "format" ->
          new Read(
              MODEL + ".modelFormat.name",
              "has(" + MODEL + ") && has(" + MODEL + ".modelFormat.name)");
      case "format-version" ->
          new Read(
              MODEL + ".modelFormat.version",
              "has(" + MODEL + ") && has(" + MODEL + ".modelFormat.version)");
      case "image" -> either(".image");
      case "cpu.min" -> resource("requests", "cpu");
      case "cpu.max" -> resource("limits", "cpu");
      case "memory.min" -> resource("requests", "memory");
      case "memory.max" -> resource("limits", "memory");
      case "gpu.count" -> accelerators();
      default -> null;
    };
  }

  private static Read always(String value) {
    return new Read(value, "");
  }

  private static Read plain(String field) {
    return new Read(field, "has(" + field + ")");
  }

  private static Read nested(String above, String key) {
    return new Read(above + "." + key, "has(" + above + ") && has(" + above + "." + key + ")");
  }

  private static Read ofModel(String key) {
    return nested(MODEL, key);
  }

  private static Read seconds(String field, String unit) {
    return new Read("duration(string(" + field + ") + \"" + unit + "\")", "has(" + field + ")");
  }

  private static Read entry(String map, String key) {
    String quoted = quoted(key);
    return new Read(map + "[" + quoted + "]", "has(" + map + ") && " + quoted + " in " + map);
  }

  private static Read target(String metric) {
    String predictor = "object.spec.predictor.";
    return new Read(
        "double(" + predictor + "scaleTarget)",
        "has("
            + predictor
            + "scaleTarget) && has("
            + predictor
            + "scaleMetric) && "
            + predictor
            + "scaleMetric == \""
            + metric
            + "\"");
  }

  private static Read either(String field) {
    return new Read("variables.container" + field, "has(variables.container" + field + ")");
  }

  private static Read resource(String side, String key) {
    return new Read(
        "quantity(string(variables." + side + "[\"" + key + "\"]))",
        "\"" + key + "\" in variables." + side);
  }

  private static Read accelerators() {
    return new Read(
        "int(string(variables.limits[variables.accelerators[0]]))",
        "size(variables.accelerators) > 0");
  }

  /** The variables that are used in CEL, each after those that it uses itself. */
  SequencedMap<String, String> variables(List<String> texts) {
    var all = new LinkedHashMap<String, String>();
    all.put("container", "has(" + MODEL + ") ? dyn(" + MODEL + ") : dyn(" + OWN + ")");
    for (String side : List.of("limits", "requests")) {
      String resources = "variables.container.resources";
      all.put(
          side,
          "has("
              + resources
              + ") && has("
              + resources
              + "."
              + side
              + ") ? "
              + resources
              + "."
              + side
              + " : {}");
    }
    String keys = String.join(", ", limits.stream().map(AdmissionDialect::quoted).toList());
    all.put("accelerators", "[" + keys + "].filter(key, key in variables.limits)");
    var used = new LinkedHashMap<String, String>();
    var unread = new ArrayList<>(texts);
    for (String name : all.reversed().keySet()) {
      if (unread.stream().anyMatch(text -> text.contains("variables." + name))) {
        String text = all.getOrDefault(name, "");
        unread.add(text);
        used.putFirst(name, text);
      }
    }
    return used;
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
  }
}
