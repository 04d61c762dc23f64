package dev.salver.compiler.check;

import dev.salver.compiler.check.SettingType.Anything;
import dev.salver.compiler.check.SettingType.BoolType;
import dev.salver.compiler.check.SettingType.CpuType;
import dev.salver.compiler.check.SettingType.DurationType;
import dev.salver.compiler.check.SettingType.Formulas;
import dev.salver.compiler.check.SettingType.GpuType;
import dev.salver.compiler.check.SettingType.Json;
import dev.salver.compiler.check.SettingType.ListOf;
import dev.salver.compiler.check.SettingType.MoneyType;
import dev.salver.compiler.check.SettingType.NameType;
import dev.salver.compiler.check.SettingType.PercentType;
import dev.salver.compiler.check.SettingType.RangeOf;
import dev.salver.compiler.check.SettingType.RateType;
import dev.salver.compiler.check.SettingType.Scalar;
import dev.salver.compiler.check.SettingType.ShareType;
import dev.salver.compiler.check.SettingType.SizeType;
import dev.salver.compiler.check.SettingType.TextType;
import dev.salver.compiler.check.SettingType.Variable;
import dev.salver.compiler.check.SettingType.Whole;
import dev.salver.compiler.check.SettingType.Words;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.syntax.Kind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which settings a kind of declaration has. A path that ends in {@code *} is a map with keys of the
 * user's choice; {@code **} is a tree of them.
 */
final class Schema {
  private static final SettingType TEXT = new TextType();
  private static final SettingType NAME = new NameType();
  private static final SettingType SCALAR = new Scalar();
  private static final SettingType MODE = Words.of("knative", "standard");
  private static final SettingType WIRE = Words.of("v1", "v2", "grpc-v1", "grpc-v2");
  private static final SettingType CPU = new RangeOf(new CpuType(), "cpus");
  private static final SettingType MEMORY = new RangeOf(new SizeType(), "sizes");
  private static final SettingType REPLICAS = new RangeOf(new Whole(0, 10_000), "them");
  private static final SettingType TARGET =
      new RateType(List.of("rps", "concurrent", "%cpu", "%memory"));
  private static final SettingType TIMEOUT = new DurationType(1_000, 600_000, 1_000);
  private static final SettingType PORT = new Whole(1, 65535);

  private static final Map<Kind, Schema> ALL =
      Map.of(
          Kind.MODEL, model(),
          Kind.GRAPH, graph(),
          Kind.RUNTIME, runtime(),
          Kind.ACCELERATOR, accelerator(),
          Kind.ENV, environment(),
          Kind.ROLLOUT, rollout(),
          Kind.PROJECT, project());

  private final Map<String, SettingType> types = new LinkedHashMap<>();

  /** Empty for kinds whose settings are not checked yet. */
  static Optional<Schema> of(Kind kind) {
    return Optional.ofNullable(ALL.get(kind));
  }

  private static Schema model() {
    return new Schema()
        .with("on", NAME)
        .with("from", TEXT)
        .with("format", NAME)
        .with("format-version", SCALAR)
        .with("wire", WIRE)
        .with("image", TEXT)
        .with("port", PORT)
        .with("cpu", CPU)
        .with("memory", MEMORY)
        .with("gpu", new GpuType())
        .with("scale.replicas", REPLICAS)
        .with("scale.target", TARGET)
        .with("scale.hard-limit", new RateType(List.of("concurrent")))
        .with("scale.idle", new DurationType(6_000, 3_600_000, 1_000))
        .with("scale.activation", new Whole(2, 10_000))
        .with("scale.burst", new Whole(-1, Integer.MAX_VALUE))
        .with("scale.window", new DurationType(6_000, 3_600_000, 1_000))
        .with("scale.scaler", Words.of("hpa", "keda", "external"))
        .with("batch.max", new Whole(1, 1_000_000))
        .with("batch.delay", new DurationType(1, 600_000, 1))
        .with("timeout", TIMEOUT)
        .with("args", new ListOf(TEXT, false))
        .with("args.*", SCALAR)
        .with("vars.*", new Variable())
        .with("log.to", TEXT)
        .with("log.mode", Words.of("both", "request", "response"))
        .with("log.sample", new PercentType())
        .with("expose", Words.of("public", "cluster"))
        .with("identity", NAME)
        .with("labels.*", SCALAR)
        .with("annotations.*", SCALAR)
        .with("mode", MODE)
        .with("deploy", new BoolType())
        .with("raw.**", new Json())
        .with("credentials", NAME)
        .with("mounts.*", TEXT)
        .with(component("transformer"))
        .with("transformer.collocated", new BoolType())
        .with(component("explainer"))
        .with("canary", new ShareType())
        .with("rollout", NAME)
        .with("slo", new Formulas("objectives such as `[p99 < 120ms, errors < 0.5%]`"))
        .with("parallel.tensor", new Whole(1, 1024))
        .with("parallel.pipeline", new Whole(1, 1024))
        .with("parallel.nodes", new Whole(1, 1024))
        .with("cache.groups", new ListOf(NAME, true))
        .with("cache.size", new SizeType())
        .with("warm-up.*", new Json());
  }

  /** A custom server beside the model's own. */
  private static Schema component(String name) {
    return new Schema()
        .with(name + ".image", TEXT)
        .with(name + ".port", PORT)
        .with(name + ".cpu", CPU)
        .with(name + ".memory", MEMORY)
        .with(name + ".args", new ListOf(TEXT, false))
        .with(name + ".args.*", SCALAR)
        .with(name + ".vars.*", new Variable())
        .with(name + ".timeout", TIMEOUT)
        .with(name + ".scale.replicas", REPLICAS)
        .with(name + ".scale.target", TARGET);
  }

  private static Schema graph() {
    return new Schema()
        .with("backend", Words.of("kserve", "salver"))
        .with("timeout", new DurationType(1, 600_000, 1))
        .with("cpu", CPU)
        .with("memory", MEMORY)
        .with("scale.replicas", new RangeOf(new Whole(0, 10_000), "them"))
        .with("scale.target", new RateType(List.of("rps", "concurrent", "%cpu", "%memory")))
        .with("scale.hard-limit", new RateType(List.of("concurrent")))
        .with("scale.idle", new DurationType(6_000, 3_600_000, 1_000))
        .with("scale.activation", new Whole(2, 10_000))
        .with("scale.burst", new Whole(-1, Integer.MAX_VALUE))
        .with("scale.window", new DurationType(6_000, 3_600_000, 1_000))
        .with("log.to", TEXT)
        .with("log.mode", Words.of("both", "request", "response"))
        .with("expose", Words.of("public", "cluster"))
        .with("labels.*", SCALAR)
        .with("annotations.*", SCALAR)
        .with("mode", MODE)
        .with("deploy", new BoolType())
        .with("raw.**", new Json());
  }

  private static Schema runtime() {
    return new Schema()
        .with("image", TEXT)
        .with("installed", new BoolType())
        .with("form", Words.of("service", "workers", "llm"))
        .with("formats", new ListOf(NAME, true))
        .with("also", new ListOf(NAME, true))
        .with("wire", new ListOf(WIRE, true))
        .with("cpu", CPU)
        .with("memory", MEMORY)
        .with("port", PORT)
        .with("args", new ListOf(TEXT, false))
        .with("args.*", SCALAR)
        .with("vars.*", new Variable())
        .with("labels.*", SCALAR)
        .with("annotations.*", SCALAR)
        .with("raw.**", new Json());
  }

  private static Schema accelerator() {
    return new Schema()
        .with("limit", TEXT)
        .with("memory", new SizeType())
        .with("price", new MoneyType())
        .with("node.*", SCALAR)
        .with("tolerate", new ListOf(TEXT, false));
  }

  private static Schema environment() {
    return new Schema()
        .with("namespace", TEXT)
        .with("mode", MODE)
        .with("labels.*", SCALAR)
        .with("params.*", new Anything())
        .with("pinned", new BoolType())
        .with("backend", Words.of("kserve", "salver"))
        .with("deliver.repo", TEXT)
        .with("deliver.branch", TEXT)
        .with("deliver.path", TEXT)
        .with("deliver.review", NAME);
  }

  private static Schema rollout() {
    return new Schema()
        .with("steps", new Formulas("steps such as `[5% for 10min, 100%]`"))
        .with("patience", new DurationType(60_000, 30L * 24 * 3_600_000, 1_000))
        .with("on-fail.action", Words.of("rollback", "hold"))
        .with("on-fail.notify", TEXT);
  }

  private static Schema project() {
    var schema = new Schema();
    for (Code code : Code.values()) {
      if (code.isLint()) {
        schema.with("lint." + code, Words.of("off", "info", "warning", "error"));
      }
    }
    return schema
        .with("deliver.repo", TEXT)
        .with("deliver.branch", TEXT)
        .with("deliver.path", TEXT)
        .with("deliver.review", NAME);
  }

  private Schema with(String path, SettingType type) {
    types.put(path, type);
    return this;
  }

  private Schema with(Schema other) {
    types.putAll(other.types);
    return this;
  }

  /** All settings, as paths. */
  Set<String> paths() {
    return Collections.unmodifiableSet(types.keySet());
  }

  /** The type of a setting, if there is one of this name. */
  Optional<SettingType> type(Path path) {
    String written = path.toString();
    SettingType exact = types.get(written);
    if (exact != null && path.size() == dots(written) + 1) {
      return Optional.of(exact);
    }
    if (path.size() == 1) {
      return Optional.empty();
    }
    SettingType below = types.get(path.first() + ".**");
    return below != null
        ? Optional.of(below)
        : Optional.ofNullable(types.get(path.before(path.size() - 1) + ".*"));
  }

  /** As many as there are keys but one, where no key has one itself. */
  private static int dots(String written) {
    int count = 0;
    for (int i = 0; i < written.length(); i++) {
      count += written.charAt(i) == '.' ? 1 : 0;
    }
    return count;
  }

  /** Whether it is a section: settings lie below it. */
  boolean isSection(String key) {
    return types.keySet().stream().anyMatch(each -> each.startsWith(key + "."));
  }

  /** The keys that may stand where the last key of a path stands. */
  List<String> siblings(Path path) {
    int depth = path.size() - 1;
    var keys = new TreeSet<String>();
    for (String known : types.keySet()) {
      String[] parts = known.split("\\.");
      boolean fits = parts.length > depth;
      for (int i = 0; fits && i < depth; i++) {
        fits = parts[i].equals(path.keys().get(i));
      }
      if (fits
          && !parts[depth].startsWith("*")
          && !parts[depth].equals("on")
          && !parts[depth].equals("from")) {
        keys.add(parts[depth]);
      }
    }
    return List.copyOf(keys);
  }
}
