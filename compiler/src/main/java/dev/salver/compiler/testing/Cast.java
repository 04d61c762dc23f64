package dev.salver.compiler.testing;

import dev.salver.compiler.cel.Names;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.lower.Graphs;
import dev.salver.compiler.testing.Encoding.Unfit;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import dev.salver.kube.graph.Answer;
import dev.salver.kube.graph.Calls;
import dev.salver.kube.graph.Fan;
import dev.salver.kube.graph.GraphRules;
import dev.salver.kube.graph.Interpreter;
import dev.salver.kube.graph.ServingGraph;
import dev.salver.kube.graph.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;

/**
 * Who plays in a test: stubs where it has any, else the models themselves, and graphs as a router
 * runs them. Time stands still, so that no deadline runs out; a split takes its first share, and
 * nobody waits for a shadow, so none is sent.
 */
final class Cast {
  private static final Signature ANYTHING = new Signature(List.of(), new Type.Unknown());

  private final Scene scene;
  private final Map<String, SequencedMap<String, Value>> stubs;
  private final Models models;
  private final Map<String, Models.Described> described = new HashMap<>();

  /**
   * @param stubs outputs by model or graph
   */
  Cast(Scene scene, Map<String, SequencedMap<String, Value>> stubs, Models models) {
    this.scene = scene;
    this.stubs = stubs;
    this.models = models;
  }

  /** A call out of an expectation. */
  Names.Result call(String service, Map<String, Object> arguments) {
    try {
      Optional<ModelPlan> model = scene.model(service);
      if (model.isPresent() && !stubs.containsKey(service)) {
        described(model.get());
      }
      Signature signature = signature(service);
      return scene.graphNames().contains(service) && !stubs.containsKey(service)
          ? graph(service, inputs(arguments, signature))
          : result(service, reply(service, inputs(arguments, signature)));
    } catch (Unfit unfit) {
      return new Names.Result.Failure("`" + service + "`: " + unfit.why());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Names.Result.Failure("`" + service + "` did not answer in time");
    }
  }

  private Signature signature(String service) throws Unfit, InterruptedException {
    Optional<Signature> known = scene.signature(service);
    Optional<ModelPlan> model = scene.model(service);
    return known.isPresent() || stubs.containsKey(service) || model.isEmpty()
        ? known.orElse(ANYTHING)
        : described(model.get());
  }

  private Signature described(ModelPlan model) throws Unfit, InterruptedException {
    Models.Described own = described.get(model.name());
    if (own == null) {
      own = models.describe(model);
      described.put(model.name(), own);
    }
    return switch (own) {
      case Models.Described.Known(Signature signature) -> signature;
      case Models.Described.Failed(String why) -> throw new Unfit(why);
    };
  }

  private static SequencedMap<String, Value> inputs(
      Map<String, Object> arguments, Signature signature) throws Unfit {
    SequencedMap<String, Object> given = Requests.inputs(arguments, signature);
    var inputs = new LinkedHashMap<String, Value>();
    for (Signature.Port port : signature.inputs()) {
      Object value = given.get(port.name());
      if (value == null) {
        throw new Unfit("the input `" + port + "` is not given");
      }
      inputs.put(port.name(), encoded(port.name(), value, port.type()));
    }
    for (var each : given.entrySet()) {
      if (signature.equals(ANYTHING)) {
        inputs.put(each.getKey(), encoded(each.getKey(), each.getValue(), new Type.Unknown()));
      } else if (!inputs.containsKey(each.getKey())) {
        throw new Unfit("there is no input `" + each.getKey() + "`");
      }
    }
    return inputs;
  }

  static Value encoded(String name, Object value, Type type) throws Unfit {
    try {
      return Encoding.of(value, type);
    } catch (Unfit unfit) {
      throw new Unfit("`" + name + "`: " + unfit.why());
    }
  }

  /** What a graph's step, or an expectation, gets from a service. */
  private Calls.Reply reply(String service, SequencedMap<String, Value> inputs)
      throws InterruptedException {
    SequencedMap<String, Value> stub = stubs.get(service);
    if (stub != null) {
      return new Calls.Reply.Answered(stub);
    }
    Optional<ModelPlan> model = scene.model(service);
    if (model.isPresent()) {
      return model(model.get(), inputs);
    }
    Optional<GraphPlan> graph = scene.graph(service);
    return graph.isPresent()
        ? switch (run(graph.get(), inputs)) {
          case Answer.Done done -> new Calls.Reply.Answered(done.outputs());
          case Answer.Failed failed -> new Calls.Reply.Failed(failed.status(), failed.message());
        }
        : new Calls.Reply.Failed(
            404, "`" + service + "` does not run in `" + scene.environment() + "`");
  }

  private Calls.Reply model(ModelPlan model, SequencedMap<String, Value> inputs)
      throws InterruptedException {
    try {
      Signature own = described(model);
      Signature said = scene.signature(model.name()).orElse(own);
      Calls.Reply reply = models.call(model, Meeting.inputs(inputs, said, own));
      return reply instanceof Calls.Reply.Answered(var outputs)
          ? new Calls.Reply.Answered(Meeting.outputs(outputs, said, own))
          : reply;
    } catch (Unfit unfit) {
      return new Calls.Reply.Failed(502, unfit.why());
    }
  }

  private Answer run(GraphPlan plan, SequencedMap<String, Value> inputs)
      throws InterruptedException {
    ServingGraph graph = Graphs.serving(plan);
    Optional<String> refusal = GraphRules.refusal(graph);
    if (refusal.isPresent()) {
      return new Answer.Failed(plan.name(), 500, refusal.get(), List.of());
    }
    var ports =
        new Interpreter.Ports(
            request -> reply(request.to().service(), request.inputs()),
            step -> 0,
            new Unshadowed(Fan.inOrder()),
            () -> 0L);
    return Interpreter.of(graph).run(new Value.Fields(inputs), ports, OptionalLong.empty());
  }

  private Names.Result graph(String name, SequencedMap<String, Value> inputs)
      throws InterruptedException {
    Optional<GraphPlan> plan = scene.graph(name);
    if (plan.isEmpty()) {
      return new Names.Result.Failure(
          "`" + name + "` does not run in `" + scene.environment() + "`");
    }
    return switch (run(plan.get(), inputs)) {
      case Answer.Failed failed ->
          new Names.Result.Failure(
              "`"
                  + name
                  + "` failed at `"
                  + failed.step()
                  + "` with "
                  + failed.status()
                  + ": "
                  + failed.message());
      case Answer.Done done -> {
        Type output = plan.get().signature().output();
        var values = new LinkedHashMap<String, Object>();
        values.put(Words.ROUTE, new ArrayList<Object>(done.route()));
        done.outputs()
            .forEach(
                (field, value) ->
                    values.put(
                        field,
                        Decoding.of(
                            value,
                            output instanceof Type.Tensor
                                ? output
                                : Decoding.field(output, field))));
        yield new Names.Result.Value(Optional.of(values));
      }
    };
  }

  private Names.Result result(String service, Calls.Reply reply) {
    return switch (reply) {
      case Calls.Reply.Failed(int status, String message) ->
          new Names.Result.Failure("`" + service + "` answered " + status + ": " + message);
      case Calls.Reply.Answered(SequencedMap<String, Value> outputs) -> {
        Type output = scene.signature(service).map(Signature::output).orElseGet(Type.Unknown::new);
        boolean bare = output instanceof Type.Tensor || output instanceof Type.Json;
        yield new Names.Result.Value(
            Optional.of(
                bare && outputs.size() == 1
                    ? Decoding.of(outputs.firstEntry().getValue(), output)
                    : Decoding.fields(outputs, output)));
      }
    };
  }
}
