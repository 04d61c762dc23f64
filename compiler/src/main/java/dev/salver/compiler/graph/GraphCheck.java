package dev.salver.compiler.graph;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.expand.Templates;
import dev.salver.compiler.graph.Flows.Bodied;
import dev.salver.compiler.graph.Step.Ref;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.TypeRef;
import dev.salver.compiler.type.Dimension;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Spelt;
import dev.salver.compiler.type.Type;
import dev.salver.compiler.type.Types;
import dev.salver.compiler.typing.Shape;
import dev.salver.compiler.typing.Shapes;
import dev.salver.compiler.value.Evaluator;
import dev.salver.compiler.value.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** One graph or template in one environment. */
final class GraphCheck {
  private static final Path TIMEOUT = Path.of("timeout");

  private final Entry.Graph graph;
  private final Types types;
  private final Callables callables;
  private final Templates templates;
  private final Set<String> broken;
  private final dev.salver.compiler.value.Scope values;
  private final Diagnostics diagnostics;

  GraphCheck(
      Entry.Graph graph,
      Types types,
      Services services,
      Templates templates,
      Set<String> broken,
      EnvironmentPlan environment,
      Diagnostics diagnostics) {
    this.graph = graph;
    this.types = types.within(types.parameters(graph));
    this.callables = new Callables(services);
    this.templates = templates;
    this.broken = broken;
    this.values = environment.environment().scope();
    this.diagnostics = diagnostics;
  }

  /** The plan of a graph; empty where nothing can be told of it. */
  Optional<GraphPlan> plan(Settings settings) {
    OptionalLong timeout =
        settings.duration("timeout").map(OptionalLong::of).orElse(OptionalLong.empty());
    if (graph.signature() == null) {
      var diagnostic =
          Diagnostic.of(
              Code.SV2025,
              graph.name().span(),
              "the graph `"
                  + graph.name()
                  + "` has no signature: `(x: f32[n]) -> f32[n]`, or `: Name` of a type");
      diagnostics.add(signature().map(diagnostic::fixedBy).orElse(diagnostic));
      return Optional.empty();
    }
    if (graph.steps().isEmpty()) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV2025,
              graph.name().span(),
              "the graph `" + graph.name() + "` has no steps: a flow behind `=` or in braces"));
      return Optional.empty();
    }
    Optional<Signature> signature = types.signature(graph.signature());
    Optional<Span> timeoutAt = settings.written(TIMEOUT).map(leaf -> leaf.value().span());
    var draft = new Draft(values, timeout, timeoutAt, templates, broken, diagnostics);
    int before = draft.reported();
    Bodied body = body(draft, signature, callables, constants(values));
    var plan =
        new GraphPlan(
            graph.name().text(),
            graph.name().span(),
            signature.orElse(new Signature(List.of(), new Type.Unknown())),
            body.body(),
            timeout,
            settings);
    if (draft.reported() == before) {
      Deadlines.graph(plan, callables).ifPresent(diagnostics::add);
    }
    return Optional.of(plan);
  }

  /**
   * What follows from the steps: they begin with what one service takes, and end with another's.
   */
  private Optional<Fix> signature() {
    if (graph.steps().size() != 1) {
      return Optional.empty();
    }
    List<Flow.Stage> stages = graph.steps().getFirst().flow().stages();
    Optional<Service> first = service(stages.getFirst());
    Optional<Service> last = service(stages.getLast());
    Optional<String> written =
        stages.size() == 1 && first.filter(Service::isTyped).isPresent()
            ? first.map(each -> each.shown().substring(each.name().length()))
            : first
                .flatMap(Service::signature)
                .flatMap(
                    from ->
                        last.flatMap(Service::signature)
                            .map(to -> new Signature(from.inputs(), to.output())))
                .flatMap(Spelt::of);
    Span name = graph.name().span();
    return written.map(
        text -> Fix.insert("add `" + text + "`", name.file(), name.end(), text).suggested());
  }

  /** What a stage that is a name alone calls. */
  private Optional<Service> service(Flow.Stage stage) {
    return stage.node() instanceof Flow.Node.Term(Expr.Word word, var span)
        ? callables.find(word.text())
        : Optional.empty();
  }

  /** A template by itself: parameters are what their bounds say. */
  void template() {
    if (graph.steps().isEmpty()) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV2025,
              graph.name().span(),
              "the template `" + graph.name() + "` has no steps: a flow behind `=` or in braces"));
      return;
    }
    var placeholders = new HashMap<>(values.params());
    var services = new HashMap<String, Service>();
    Map<String, Shape> constants = constants(values);
    for (Entry.Parameter each : graph.parameters()) {
      parameter(each, services, constants, placeholders);
    }
    Optional<Signature> signature =
        graph.signature() == null ? Optional.empty() : types.signature(graph.signature());
    if (graph.signature() == null) {
      diagnostics.add(
          Diagnostic.of(
              Code.SV2025,
              graph.name().span(),
              "the template `" + graph.name() + "` has no signature"));
    }
    var known = new dev.salver.compiler.value.Scope(values.environment(), placeholders);
    var draft =
        new Draft(known, OptionalLong.empty(), Optional.empty(), templates, Set.of(), diagnostics);
    body(draft, signature, callables.with(services), constants);
  }

  private void parameter(
      Entry.Parameter parameter,
      Map<String, Service> services,
      Map<String, Shape> constants,
      Map<String, Expr> placeholders) {
    TypeRef type = parameter.type();
    if (type == null) {
      return;
    }
    String name = parameter.name().text();
    Span span = parameter.name().span();
    switch (Templates.Role.of(parameter)) {
      case SERVICE ->
          services.put(
              name, new Service(name, span, shown(name, type), types.signature(type), null));
      case SERVICES -> {
        TypeRef item = type instanceof TypeRef.ListOf list ? list.item() : type;
        services.put(name, new Service(name, span, shown(name, item), types.signature(item), null));
      }
      case VALUE -> {
        unfit(parameter, type);
        Expr amount = Constants.dimension(type).map(each -> amount(each, span)).orElse(null);
        Shape shape =
            amount == null
                ? Shape.of(types.type(type))
                : shape(new Evaluator(values, ignored -> {}).value(amount));
        Expr some = amount == null ? placeholder(shape, span) : amount;
        constants.put(name, shape);
        placeholders.put(name, parameter.value() == null ? some : parameter.value());
      }
      case VALUES -> {
        unfit(parameter, type);
        Type item =
            type instanceof TypeRef.ListOf list && Constants.dimension(list.item()).isEmpty()
                ? types.type(list.item())
                : new Type.Unknown();
        constants.put(name, new Shape.Items(Shape.of(item)));
      }
      case TYPE -> {}
    }
  }

  private static String shown(String name, TypeRef type) {
    return type instanceof TypeRef.Named named ? name + ": " + named.name() : name;
  }

  /** A default is of the type that it stands for. */
  private void unfit(Entry.Parameter parameter, TypeRef type) {
    Expr written = parameter.value();
    if (written != null) {
      Value value = new Evaluator(values, diagnostics::add).value(written);
      if (!Constants.fits(type, value)) {
        diagnostics.add(Constants.unfit(parameter.name(), type, value, written.span()));
      }
    }
  }

  private static Expr amount(Dimension dimension, Span span) {
    return new Expr.Quantity(dimension.example(), span);
  }

  /** Some value of the type, as the check is the same for all of them. */
  private static Expr placeholder(Shape shape, Span span) {
    return shape.equals(Shapes.TEXT)
        ? new Expr.Text(List.of(), span)
        : shape.equals(Shapes.BOOL) ? new Expr.Bool(true, span) : new Expr.Quantity("1", span);
  }

  private Bodied body(
      Draft draft, Optional<Signature> signature, Callables called, Map<String, Shape> constants) {
    var scope = Scope.empty();
    var whole = new Ref(Ref.REQUEST, Optional.empty());
    Flowing request = Flowing.of(whole, new Type.Unknown(), "the request is", null);
    Place.Goal goal = null;
    if (signature.isPresent()) {
      var fields = new LinkedHashMap<String, Type>();
      for (Signature.Port port : signature.get().inputs()) {
        fields.put(port.name(), port.type());
        Span at = input(port.name());
        var ref = new Ref(Ref.REQUEST, Optional.of(port.name()));
        var declared = new Flowing.Declared(at, "the input `" + port.name() + "` is declared here");
        Flowing value =
            Flowing.of(ref, port.type(), "the input `" + port.name() + "` is", declared);
        scope.define(port.name(), new Scope.Named(value, at, true));
      }
      request = Flowing.of(whole, new Type.Fields(fields), "the request is", null);
      goal =
          new Place.Goal(
              graph.name().text(),
              signature.get(),
              output(),
              graph.signature() instanceof TypeRef.Function);
    }
    var place =
        new Place(
            graph.name().text(),
            scope.withRequest(request, graph.name().span()),
            called,
            types,
            constants,
            Later.of(graph.steps()),
            goal,
            0);
    return new Flows(draft).body(graph.steps(), request, place);
  }

  private Span input(String name) {
    return graph.signature() instanceof TypeRef.Function function
        ? function.inputs().stream()
            .filter(each -> each.name().text().equals(name))
            .findFirst()
            .map(each -> each.name().span())
            .orElse(graph.name().span())
        : graph.name().span();
  }

  private Span output() {
    return graph.signature() instanceof TypeRef.Function function
        ? function.output().span()
        : graph.signature() == null ? graph.name().span() : graph.signature().span();
  }

  /** {@code env} and the params, as their values are. */
  private static Map<String, Shape> constants(dev.salver.compiler.value.Scope values) {
    var constants = new HashMap<String, Shape>();
    var evaluator = new Evaluator(values, ignored -> {});
    values.params().forEach((name, expr) -> constants.put(name, shape(evaluator.value(expr))));
    constants.put("env", Shapes.TEXT);
    return constants;
  }

  private static Shape shape(Value value) {
    return switch (value) {
      case Value.Text text -> Shapes.TEXT;
      case Value.Plain number -> Shapes.NUMBER;
      case Value.Bool bool -> Shapes.BOOL;
      case Value.Items items ->
          new Shape.Items(
              items.items().isEmpty() ? Shapes.UNKNOWN : shape(items.items().getFirst().value()));
      case Value.Broken broken -> Shapes.UNKNOWN;
      default -> new Shape.Amount(value.kind());
    };
  }
}
