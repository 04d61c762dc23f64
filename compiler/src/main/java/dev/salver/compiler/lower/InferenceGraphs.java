package dev.salver.compiler.lower;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.compiler.check.Mode;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.check.RuntimePlan;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.graph.Body;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.graph.Step;
import dev.salver.compiler.graph.Step.Binding;
import dev.salver.compiler.graph.Step.Edge;
import dev.salver.compiler.graph.Step.Ref;
import dev.salver.compiler.graph.Step.Work;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.type.Type;
import dev.salver.kube.Gvk;
import dev.salver.kube.Json;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A graph as the nodes of KServe's InferenceGraph, where its router gives the same answer to every
 * request: sequences of calls that pass a body on as it is, and splits in whole percent (KServe
 * router, repository state of 2026-08-21).
 *
 * <p>Never exact: its Switch looks whether a path exists in the text of a request; its Ensemble
 * answers one JSON object of whole responses, with the numbers written anew. Every step depends
 * {@code Hard}, so that a failed one fails the graph.
 */
final class InferenceGraphs {
  static final Gvk GVK = new Gvk("serving.kserve.io", "v1alpha1", "InferenceGraph");

  /** How long the router writes an answer before it cuts it off. */
  private static final long LONGEST_MILLIS = 60_000;

  private static final List<String> SETTINGS =
      List.of(
          "log.to",
          "scale.hard-limit",
          "scale.idle",
          "scale.activation",
          "scale.burst",
          "scale.window");

  private final GraphPlan plan;
  private final Callees callees;
  private final Mode mode;
  private final ObjectNode nodes = Json.object();
  private final String wire;

  /** Why KServe does not carry it; a control flow of its own. */
  static final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Diagnostic diagnostic;

    Unfit(Code code, Span span, String message) {
      super(message, null, false, false);
      this.diagnostic = Diagnostic.of(code, span, message);
    }

    Unfit(Code code, Span span, String message, Optional<Fix> fix) {
      super(message, null, false, false);
      this.diagnostic =
          Diagnostic.of(code, span, message).offering(fix.map(Fix::suggested).stream().toList());
    }

    Diagnostic diagnostic() {
      return diagnostic;
    }
  }

  private InferenceGraphs(GraphPlan plan, Callees callees, Mode mode) {
    this.plan = plan;
    this.callees = callees;
    this.mode = mode;
    boolean json =
        plan.signature().output() instanceof Type.Json
            || plan.signature().inputs().stream()
                .anyMatch(each -> each.type() instanceof Type.Json);
    this.wire = json ? "v1" : "v2";
  }

  /** The nodes. */
  static ObjectNode nodes(GraphPlan plan, Callees callees, Mode mode) throws Unfit {
    var graphs = new InferenceGraphs(plan, callees, mode);
    graphs.settings();
    graphs.node("root", plan.body(), null);
    return graphs.nodes;
  }

  private void settings() throws Unfit {
    var settings = plan.settings();
    for (String key : SETTINGS) {
      Path path = Path.of(key.split("\\."));
      if (settings.leaf(path).isPresent()) {
        throw new Unfit(
            Code.SV5104,
            settings.at(path),
            "an InferenceGraph has nothing for `" + key + "`",
            settings.removal(path));
      }
    }
    boolean cluster = settings.text("expose").filter("cluster"::equals).isPresent();
    if (mode == Mode.STANDARD && !cluster) {
      throw new Unfit(
          Code.SV5104,
          settings.at(Path.of("expose")),
          "KServe makes no route to a graph in `standard` mode, so only `expose = cluster` holds",
          settings.leaf(Path.of("expose")).isPresent()
              ? settings.said("expose", "cluster")
              : Optional.empty());
    }
    if (mode == Mode.KNATIVE && cluster) {
      throw new Unfit(
          Code.SV5104,
          settings.at(Path.of("expose")),
          "KServe does not hide a graph from outside of the cluster",
          settings.removal(Path.of("expose")));
    }
    if (plan.timeoutMillis().isPresent()) {
      long millis = plan.timeoutMillis().getAsLong();
      if (mode == Mode.STANDARD || millis % 1000 != 0 || millis > LONGEST_MILLIS) {
        throw new Unfit(
            Code.SV5104,
            settings.at(Path.of("timeout")),
            mode == Mode.STANDARD
                ? "KServe's router has no `timeout` in `standard` mode"
                : "KServe's router takes a `timeout` of whole seconds, 60 at most",
            mode == Mode.STANDARD
                ? settings.removal(Path.of("timeout"))
                : settings.said("timeout", Math.min(LONGEST_MILLIS, millis + 999) / 1000 + "s"));
      }
    }
  }

  /**
   * @param incoming the step whose whole answer comes in; null for the request
   */
  private void node(String name, Body body, @Nullable Step incoming) throws Unfit {
    Step only = body.steps().getFirst();
    if (body.steps().size() == 1 && only.work() instanceof Work.Split split) {
      plain(only);
      split(name, split, incoming);
      return;
    }
    ArrayNode steps = start(name, "Sequence");
    Step before = null;
    for (Step step : body.steps()) {
      plain(step);
      ObjectNode target = steps.addObject().put("name", step.name());
      Source source = target(target, step, incoming, before);
      if (source == Source.RESPONSE) {
        target.put("data", "$response");
      }
      target.put("dependency", "Hard");
      before = step;
    }
  }

  /** What a step of a sequence gets. */
  private enum Source {
    REQUEST,
    RESPONSE
  }

  private ArrayNode start(String name, String type) {
    return nodes.putObject(name).put("routerType", type).putArray("steps");
  }

  private void split(String name, Work.Split split, @Nullable Step incoming) throws Unfit {
    ArrayNode steps = start(name, "Splitter");
    for (Step.Share share : split.shares()) {
      Step result = share.body().result();
      if (share.percent().stripTrailingZeros().scale() > 0) {
        throw new Unfit(
            Code.SV5105,
            result.span(),
            "KServe splits in whole percent, not at " + share.percent().toPlainString() + "%");
      }
      ObjectNode target = steps.addObject().put("name", result.name());
      if (share.body().steps().size() == 1) {
        plain(result);
        target(target, result, incoming, null);
      } else {
        String below = fresh(result.name());
        node(below, share.body(), incoming);
        target.put("nodeName", below);
      }
      target.put("weight", share.percent().longValueExact());
    }
  }

  private String fresh(String wanted) {
    String name = wanted;
    for (int i = 2; nodes.has(name); i++) {
      name = wanted + "-" + i;
    }
    return name;
  }

  private Source target(
      ObjectNode target, Step step, @Nullable Step incoming, @Nullable Step before) throws Unfit {
    return switch (step.work()) {
      case Work.Call call -> {
        Source source = source(step, call, incoming, before);
        service(step, call);
        target.put("serviceName", call.service());
        yield source;
      }
      case Work.Split split -> {
        String below = fresh(step.name());
        split(below, split, before == null ? incoming : before);
        target.put("nodeName", below);
        yield before == null ? Source.REQUEST : Source.RESPONSE;
      }
      case Work.Nested nested -> {
        String below = fresh(step.name());
        node(below, nested.body(), before == null ? incoming : before);
        target.put("nodeName", below);
        yield before == null ? Source.REQUEST : Source.RESPONSE;
      }
      default -> throw new Unfit(Code.SV5100, step.span(), "KServe has no exact " + word(step));
    };
  }

  private static String word(Step step) {
    return switch (step.work()) {
      case Work.Switch one -> "`switch`: its own asks whether a path exists in the request's text";
      case Work.All all -> "`all`: its own answers one JSON object of whole responses";
      case Work.Cast cast -> "`cast`: its router changes no body";
      case Work.Constant constant -> "step that answers a value of its own";
      case Work.Fail fail -> "`fail`";
      default -> "step that answers what is there already";
    };
  }

  private void plain(Step step) throws Unfit {
    Edge edge = step.edge();
    String what =
        edge.withinMillis().isPresent()
            ? "`within`: a step has no deadline of its own"
            : edge.retries() > 0
                ? "`retry`: a step is called once"
                : edge.fallback() != null
                    ? "`or`: nothing stands in for a failed step"
                    : edge.shadow() != null ? "`shadow`" : "";
    if (!what.isEmpty()) {
      throw new Unfit(Code.SV5101, step.span(), "KServe's router knows no " + what);
    }
  }

  private Source source(Step step, Work.Call call, @Nullable Step incoming, @Nullable Step before)
      throws Unfit {
    Step previous = before == null ? incoming : before;
    if (before != null && isWhole(call, incoming)) {
      return Source.REQUEST;
    }
    if (!isWhole(call, previous)) {
      throw new Unfit(
          Code.SV5102,
          step.span(),
          "KServe passes a whole body on, and `"
              + call.service()
              + "` gets "
              + (previous == null ? "a part of the request" : "something else than all of it"));
    }
    return before == null ? Source.REQUEST : Source.RESPONSE;
  }

  /** Whether a call gets all of a step's answer as it is, or of the request. */
  private boolean isWhole(Work.Call call, @Nullable Step from) {
    List<Binding> inputs = call.inputs();
    if (from != null) {
      return from.type() instanceof Type.Json
          && inputs.size() == 1
          && inputs.getFirst().from().equals(new Ref(from.name(), Optional.empty()));
    }
    if (inputs.size() != plan.signature().inputs().size()) {
      return false;
    }
    return inputs.stream()
        .allMatch(
            each ->
                each.from().step().equals(Ref.REQUEST)
                    && each.from()
                        .field()
                        .filter(
                            field -> field.equals(each.input()) || each.type() instanceof Type.Json)
                        .isPresent());
  }

  private void service(Step step, Work.Call call) throws Unfit {
    Optional<ModelPlan> model = callees.model(call.service());
    String name = "`" + call.service() + "`";
    if (model.isEmpty() || model.get().isLlm()) {
      throw new Unfit(
          Code.SV5103,
          step.span(),
          "an InferenceGraph calls InferenceServices, and " + name + " is none");
    }
    if (!model.get().wire().equals(wire)) {
      throw new Unfit(
          Code.SV5103,
          step.span(),
          "KServe passes bodies on as they are: the graph is asked in `"
              + wire
              + "`, and "
              + name
              + " in `"
              + model.get().wire()
              + "`");
    }
    String asked =
        model
            .get()
            .runtime()
            .map(RuntimePlan::wires)
            .orElse(List.of(model.get().wire().equals("v1") ? "v1" : "none"))
            .stream()
            .filter(each -> each.equals("v1") || each.equals("v2"))
            .findFirst()
            .orElse("v1");
    if (!asked.equals(wire)) {
      throw new Unfit(
          Code.SV5103,
          step.span(),
          "KServe asks "
              + name
              + " in `"
              + asked
              + "`, the first protocol of its runtime, not in `"
              + wire
              + "`");
    }
  }
}
