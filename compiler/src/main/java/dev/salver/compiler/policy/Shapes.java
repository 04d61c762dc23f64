package dev.salver.compiler.policy;

import dev.salver.compiler.cel.Shape;
import dev.salver.compiler.cel.Shape.Scalar;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code self} has for each kind that a policy speaks of: the reference of the view. A range
 * has a {@code min} and a {@code max}; one bound alone is both.
 */
public final class Shapes {
  private static final Shape NAME = new Shape.Words(List.of());
  private static final Shape TEXTS = new Shape.MapOf(Scalar.TEXT);
  private static final Shape MODE = words("knative", "standard");

  /** Dollars an hour and a month, of the fewest and the most replicas. */
  private static final Shape COST =
      fields(
          Map.of(
              "hourly",
              new Shape.RangeOf(Scalar.PRICE),
              "monthly",
              new Shape.RangeOf(Scalar.MONEY)));

  private static final Map<String, Shape.Fields> ALL =
      new TreeMap<>(
          Map.of(
              "model", model(),
              "graph", graph(),
              "env", environment(),
              "runtime", runtime(),
              "accelerator", accelerator()));

  private Shapes() {}

  /** The kinds that a policy may speak of. */
  public static List<String> kinds() {
    return List.copyOf(ALL.keySet());
  }

  public static Optional<Shape.Fields> of(String kind) {
    return Optional.ofNullable(ALL.get(kind));
  }

  private static Shape.Fields model() {
    return fields(
        Map.ofEntries(
            Map.entry("name", Scalar.TEXT),
            Map.entry("env", Scalar.TEXT),
            Map.entry("namespace", Scalar.TEXT),
            Map.entry("labels", TEXTS),
            Map.entry("annotations", TEXTS),
            Map.entry("mode", MODE),
            Map.entry("source", Scalar.TEXT),
            Map.entry("format", NAME),
            Map.entry("format-version", Scalar.TEXT),
            Map.entry("wire", words("v1", "v2", "grpc-v1", "grpc-v2")),
            Map.entry("image", Scalar.TEXT),
            Map.entry(
                "runtime",
                fields(Map.of("name", NAME, "image", Scalar.TEXT, "digest", Scalar.TEXT))),
            Map.entry("cpu", new Shape.RangeOf(Scalar.CPU)),
            Map.entry("memory", new Shape.RangeOf(Scalar.SIZE)),
            Map.entry(
                "gpu",
                fields(
                    Map.of(
                        "accelerator", NAME,
                        "limit", Scalar.TEXT,
                        "count", Scalar.WHOLE,
                        "memory", Scalar.SIZE,
                        "price", Scalar.PRICE))),
            Map.entry("scale", scale()),
            Map.entry("batch", fields(Map.of("max", Scalar.WHOLE, "delay", Scalar.DURATION))),
            Map.entry("timeout", Scalar.DURATION),
            Map.entry(
                "log",
                fields(Map.of("to", Scalar.TEXT, "mode", words("both", "request", "response")))),
            Map.entry("rollout", NAME),
            Map.entry("slo", new Shape.ListOf(Scalar.TEXT)),
            Map.entry("expose", words("public", "cluster")),
            Map.entry("identity", Scalar.TEXT),
            Map.entry("cost", COST)));
  }

  private static Shape.Fields scale() {
    return fields(
        Map.ofEntries(
            Map.entry("replicas", new Shape.RangeOf(Scalar.WHOLE)),
            Map.entry(
                "target",
                fields(
                    Map.of(
                        "rps", new Shape.Rate("rps"),
                        "concurrent", new Shape.Rate("concurrent"),
                        "cpu", new Shape.Rate("cpu"),
                        "memory", new Shape.Rate("memory")))),
            Map.entry("hard-limit", new Shape.Rate("concurrent")),
            Map.entry("idle", Scalar.DURATION),
            Map.entry("window", Scalar.DURATION),
            Map.entry("activation", Scalar.WHOLE),
            Map.entry("burst", Scalar.WHOLE),
            Map.entry("scaler", words("hpa", "keda", "external"))));
  }

  private static Shape.Fields graph() {
    return fields(
        Map.of(
            "name", Scalar.TEXT,
            "env", Scalar.TEXT,
            "namespace", Scalar.TEXT,
            "labels", TEXTS,
            "annotations", TEXTS,
            "timeout", Scalar.DURATION,
            "steps", new Shape.ListOf(Scalar.TEXT)));
  }

  private static Shape.Fields environment() {
    return fields(
        Map.of(
            "name",
            Scalar.TEXT,
            "namespace",
            Scalar.TEXT,
            "mode",
            MODE,
            "labels",
            TEXTS,
            "models",
            new Shape.ListOf(Scalar.TEXT),
            "cost",
            COST));
  }

  private static Shape.Fields runtime() {
    return fields(
        Map.ofEntries(
            Map.entry("name", Scalar.TEXT),
            Map.entry("env", Scalar.TEXT),
            Map.entry("image", Scalar.TEXT),
            Map.entry("digest", Scalar.TEXT),
            Map.entry("formats", new Shape.ListOf(NAME)),
            Map.entry("wire", new Shape.ListOf(words("v1", "v2", "grpc-v1", "grpc-v2"))),
            Map.entry("cpu", new Shape.RangeOf(Scalar.CPU)),
            Map.entry("memory", new Shape.RangeOf(Scalar.SIZE)),
            Map.entry("labels", TEXTS),
            Map.entry("annotations", TEXTS)));
  }

  private static Shape.Fields accelerator() {
    return fields(
        Map.of(
            "name", Scalar.TEXT,
            "env", Scalar.TEXT,
            "limit", Scalar.TEXT,
            "memory", Scalar.SIZE,
            "price", Scalar.PRICE));
  }

  private static Shape words(String... words) {
    return new Shape.Words(List.of(words));
  }

  private static Shape.Fields fields(Map<String, Shape> fields) {
    return new Shape.Fields(new TreeMap<>(fields));
  }
}
