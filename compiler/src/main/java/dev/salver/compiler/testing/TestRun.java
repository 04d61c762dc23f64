package dev.salver.compiler.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.salver.compiler.cel.Evaluation;
import dev.salver.compiler.cel.Formula;
import dev.salver.compiler.cel.Names;
import dev.salver.compiler.cel.Outcome;
import dev.salver.compiler.cel.PowerAssertion;
import dev.salver.compiler.cel.SubValue;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.policy.Policies;
import dev.salver.compiler.policy.Views;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.testing.Encoding.Unfit;
import dev.salver.compiler.testing.TestResult.Failure;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import dev.salver.kube.Json;
import dev.salver.kube.KubeObject;
import dev.salver.kube.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** Runs one test. What it needs of the world is handed in. */
public final class TestRun {
  private final TestCase test;
  private final Scene scene;
  private final Models models;
  private final Samples samples;
  private final Supplier<List<KubeObject>> manifests;
  private final Map<List<Object>, Names.Result> answers = new HashMap<>();
  private Optional<Cast> cast = Optional.empty();

  private TestRun(
      TestCase test, Models models, Samples samples, Supplier<List<KubeObject>> manifests) {
    this.test = test;
    this.scene = test.scene();
    this.models = models;
    this.samples = samples;
    this.manifests = manifests;
  }

  /**
   * Runs a test to its end; every expectation is looked at. An interrupt ends it early, with what
   * waits for a model failing.
   *
   * @param manifests what the test's environment emits, asked for once at most
   */
  public static TestResult run(
      TestCase test, Models models, Samples samples, Supplier<List<KubeObject>> manifests) {
    return new TestRun(test, models, samples, manifests).run();
  }

  private TestResult run() {
    Names names = Words.names(scene, test.exprs(), name -> arguments -> call(name, arguments));
    Map<String, Object> values = values(names);
    var failures = new ArrayList<Failure>();
    try {
      cast = Optional.of(new Cast(scene, stubs(names, values), models));
      for (Entry.Assertion expectation : test.expectations()) {
        expect(expectation, names, values).ifPresent(failures::add);
      }
    } catch (BadStub bad) {
      failures.add(bad.failure());
    }
    return new TestResult(test.name(), test.at(), failures);
  }

  private static final class BadStub extends Exception {
    private static final long serialVersionUID = 1;
    private final transient Failure failure;

    BadStub(Failure failure) {
      super(failure.message(), null, false, false);
      this.failure = failure;
    }

    Failure failure() {
      return failure;
    }
  }

  private Map<String, Object> values(Names names) {
    var values = new HashMap<>(Policies.values(scene.plan().environment().scope(), names));
    var views = new Views(scene.plan(), scene.graphs());
    views.of("model").forEach(view -> values.put(view.name(), view.values()));
    views.of("graph").forEach(view -> values.put(view.name(), view.values()));
    values.put("env", scene.environment());
    return values;
  }

  private Map<String, SequencedMap<String, Value>> stubs(Names names, Map<String, Object> values)
      throws BadStub {
    var stubs = new HashMap<String, SequencedMap<String, Value>>();
    for (Entry.Stub stub : test.stubs()) {
      String service = stub.name().text();
      Type output = scene.signature(service).map(Signature::output).orElseGet(Type.Unknown::new);
      var outputs = new LinkedHashMap<String, Value>();
      for (Entry entry : stub.block().entries()) {
        if (entry instanceof Entry.Setting setting) {
          String field = setting.path().getFirst().text();
          Type type = output instanceof Type.Tensor ? output : Decoding.field(output, field);
          outputs.put(field, stubbed(setting, field, type, names, values));
        }
      }
      stubs.put(service, outputs);
    }
    return stubs;
  }

  private static Value stubbed(
      Entry.Setting setting, String field, Type type, Names names, Map<String, Object> values)
      throws BadStub {
    Outcome outcome = evaluated(setting.value(), names, values).outcome();
    try {
      return switch (outcome) {
        case Outcome.Value(Object value) -> Cast.encoded(field, value, type);
        case Outcome.NotSet notSet -> throw new Unfit("`" + field + "` reads what is not set");
        case Outcome.Failed(String why) -> throw new Unfit("`" + field + "`: " + why);
      };
    } catch (Unfit unfit) {
      throw new BadStub(
          new Failure(setting.span(), "the stub does not fit: " + unfit.why(), List.of()));
    }
  }

  /** What the engine refuses that the check let pass fails in the engine's words. */
  private static Evaluation evaluated(Expr expr, Names names, Map<String, Object> values) {
    var problems = new Diagnostics();
    return Formula.of(expr, names, problems::add)
        .map(formula -> formula.run(values))
        .orElseGet(
            () ->
                Evaluation.failed(
                    problems.sorted().stream()
                        .findFirst()
                        .map(Diagnostic::message)
                        .orElse("it has no value")));
  }

  private Optional<Failure> expect(
      Entry.Assertion expectation, Names names, Map<String, Object> values) {
    Evaluation run = evaluated(expectation.expr(), names, values);
    if (run.holds()) {
      return Optional.empty();
    }
    List<String> tree =
        PowerAssertion.render(
            expectation.expr().span(), run.parts().stream().map(TestRun::brief).toList());
    String message =
        otherwise(expectation, names, values)
            .or(
                () ->
                    run.outcome() instanceof Outcome.Failed(String why)
                        ? Optional.of(why)
                        : Optional.empty())
            .orElse("this does not hold");
    return Optional.of(
        new Failure(expectation.word().span().to(expectation.expr().span()), message, tree));
  }

  /** Why there is no value is told once, above. */
  private static SubValue brief(SubValue part) {
    return part.shown().startsWith("no value: ")
        ? new SubValue(part.span(), part.at(), "no value", part.isRead())
        : part;
  }

  private static Optional<String> otherwise(
      Entry.Assertion expectation, Names names, Map<String, Object> values) {
    return Optional.ofNullable(expectation.otherwise())
        .map(expr -> evaluated(expr, names, values).outcome())
        .flatMap(
            outcome ->
                outcome instanceof Outcome.Value(Object value)
                    ? Optional.of(value.toString().replaceAll("\\s+", " ").strip())
                    : Optional.empty());
  }

  /** The same call has the same answer all through a test. */
  private Names.Result call(String name, Map<String, Object> arguments) {
    List<Object> key = List.of(name, arguments);
    Names.Result known = answers.get(key);
    if (known == null) {
      known = answer(name, arguments);
      answers.put(key, known);
    }
    return known;
  }

  private Names.Result answer(String name, Map<String, Object> arguments) {
    return switch (name) {
      case Words.EMITTED -> emitted(text(arguments, "kind"), text(arguments, "name"));
      case Words.SAMPLE -> sample(text(arguments, "file"));
      default ->
          cast.map(each -> each.call(name, arguments))
              .orElseGet(() -> new Names.Result.Failure("a stub calls nothing"));
    };
  }

  private static String text(Map<String, Object> arguments, String name) {
    return String.valueOf(arguments.get(name));
  }

  private Names.Result emitted(String kind, String name) {
    List<KubeObject> all = manifests.get();
    for (KubeObject object : all) {
      if (object.kind().equals(kind) && object.name().equals(name)) {
        return new Names.Result.Value(Optional.of(Decoding.json(object.tree())));
      }
    }
    List<String> kinds = all.stream().map(KubeObject::kind).distinct().sorted().toList();
    List<String> names =
        all.stream().filter(each -> each.kind().equals(kind)).map(KubeObject::name).toList();
    Optional<String> near =
        names.isEmpty() ? Spelling.nearest(kind, kinds) : Spelling.nearest(name, names);
    return new Names.Result.Failure(
        "`"
            + scene.environment()
            + "` emits no "
            + kind
            + " `"
            + name
            + "`"
            + near.map(each -> "; did you mean `" + each + "`?").orElse(""));
  }

  private Names.Result sample(String path) {
    if (!Samples.isInside(path)) {
      return new Names.Result.Failure("`" + path + "` is no file of the project");
    }
    return switch (samples.read(path)) {
      case Samples.Sample.Refused(String why) -> new Names.Result.Failure(why);
      case Samples.Sample.Found(String text) -> {
        try {
          yield new Names.Result.Value(Optional.of(Decoding.json(Json.mapper().readTree(text))));
        } catch (JsonProcessingException e) {
          yield new Names.Result.Failure(
              "`" + path + "` is not JSON: " + String.valueOf(e.getOriginalMessage()));
        }
      }
    };
  }
}
