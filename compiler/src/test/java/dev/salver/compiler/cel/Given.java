package dev.salver.compiler.cel;

import dev.salver.compiler.cel.Shape.Scalar;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Parsing;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A small view and expressions over it. */
final class Given {
  static final Map<String, Object> VALUES =
      Map.of(
          "env",
          "prod",
          "self",
          Map.ofEntries(
              Map.entry("name", "fraud"),
              Map.entry("mode", "knative"),
              Map.entry("labels", Map.of("tier", "online", "acme.io/team", "risk")),
              Map.entry(
                  "scale",
                  Map.of(
                      "replicas",
                      Map.of("min", 1L, "max", 8L),
                      "hard-limit",
                      20L,
                      "target",
                      Map.of("rps", 40.0))),
              Map.entry("cpu", Map.of("min", quantity("500m"), "max", quantity("2"))),
              Map.entry("memory", Map.of("min", quantity("4Gi"), "max", quantity("4Gi"))),
              Map.entry("timeout", Duration.ofSeconds(90)),
              Map.entry("cost", Map.of("monthly", Map.of("min", 511.0, "max", 1533.0))),
              Map.entry("wires", List.of("v1", "v2")),
              Map.entry("sizes", List.of(3L, 1L, 2L))));

  static final Names NAMES =
      new Names(
          Map.of(
              "env",
              Scalar.TEXT,
              "self",
              fields(
                  Map.ofEntries(
                      Map.entry("name", Scalar.TEXT),
                      Map.entry("mode", new Shape.Words(List.of("knative", "standard"))),
                      Map.entry("format", new Shape.Words(List.of())),
                      Map.entry("labels", new Shape.MapOf(Scalar.TEXT)),
                      Map.entry(
                          "scale",
                          fields(
                              Map.of(
                                  "replicas",
                                  new Shape.RangeOf(Scalar.WHOLE),
                                  "hard-limit",
                                  Scalar.WHOLE,
                                  "target",
                                  fields(
                                      Map.of(
                                          "rps",
                                          new Shape.Rate("rps"),
                                          "concurrent",
                                          new Shape.Rate("concurrent")))))),
                      Map.entry("cpu", new Shape.RangeOf(Scalar.CPU)),
                      Map.entry("memory", new Shape.RangeOf(Scalar.SIZE)),
                      Map.entry("timeout", Scalar.DURATION),
                      Map.entry(
                          "gpu", fields(Map.of("count", Scalar.WHOLE, "accelerator", Scalar.TEXT))),
                      Map.entry("cost", fields(Map.of("monthly", new Shape.RangeOf(Scalar.MONEY)))),
                      Map.entry("wires", new Shape.ListOf(new Shape.Words(List.of("v1", "v2")))),
                      Map.entry("sizes", new Shape.ListOf(Scalar.WHOLE))))),
          Map.of(
              "iris",
              new Names.Function(
                  List.of(new Names.Parameter("input", true), new Names.Parameter("scale", false)),
                  Shape.ANY,
                  arguments -> answer(arguments)),
              "broken",
              new Names.Function(
                  List.of(),
                  Shape.ANY,
                  arguments -> new Names.Result.Failure("it did not answer"))));

  static int calls;

  private Given() {}

  private static Names.Result answer(Map<String, Object> arguments) {
    calls++;
    var answer = new HashMap<String, Object>();
    answer.put("label", List.of(0L));
    answer.put("score", List.of(0.25, 0.75));
    answer.put("inputs", arguments.get("input"));
    return new Names.Result.Value(Optional.of(answer));
  }

  private static Shape.Fields fields(Map<String, Shape> fields) {
    return new Shape.Fields(new TreeMap<>(fields));
  }

  static Quantity quantity(String text) {
    return Quantity.read(text).orElse(new Quantity(BigDecimal.ZERO));
  }

  static Expr expr(String text) {
    var unit =
        Parsing.parse(SourceFile.of("p.serve", "policy p on model {\n  require " + text + "\n}\n"));
    if (!unit.diagnostics().isEmpty()) {
      throw new IllegalArgumentException(unit.diagnostics().toString());
    }
    var policy = (Entry.Resource) unit.entries().getFirst();
    return ((Entry.Assertion) policy.body().getFirst()).expr();
  }

  static Outcome outcome(String text) {
    var found = new ArrayList<Diagnostic>();
    var formula = Formula.of(expr(text), NAMES, found::add);
    if (formula.isEmpty()) {
      throw new IllegalArgumentException(found.toString());
    }
    return formula.get().run(VALUES).outcome();
  }

  static List<Diagnostic> problems(String text) {
    var found = new ArrayList<Diagnostic>();
    Formula.condition(expr(text), NAMES, found::add);
    return found;
  }
}
