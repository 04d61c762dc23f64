package dev.salver.kube.graph;

import dev.salver.kube.graph.ServingGraph.Port;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.LongSupplier;

/**
 * Answers requests as a graph says. It decides everything and does nothing itself: calls, draws,
 * threads and time are handed in, and with the same of them the answer is the same.
 *
 * <p>A step that fails fails the graph, unless its fallback answers. Another attempt follows where
 * the same request may be answered next time: status 408, 429 and 500 or more. Immutable; one
 * serves any number of requests at a time.
 */
public final class Interpreter {
  private final ServingGraph graph;
  private final Map<Step.Case, Condition> conditions;

  private Interpreter(ServingGraph graph, Map<Step.Case, Condition> conditions) {
    this.graph = graph;
    this.conditions = conditions;
  }

  /**
   * What the interpreter asks of the world around it.
   *
   * @param nanoTime counts nanoseconds from any beginning
   */
  public record Ports(Calls calls, Chance chance, Fan fan, LongSupplier nanoTime) {}

  /**
   * Compiles a graph's conditions.
   *
   * @throws IllegalArgumentException for a graph that {@link GraphRules} refuses; graphs from
   *     outside are read with {@link ServingGraphs#read}
   */
  public static Interpreter of(ServingGraph graph) {
    var conditions = new IdentityHashMap<Step.Case, Condition>();
    GraphRules.check(graph, conditions::put)
        .ifPresent(
            words -> {
              throw new IllegalArgumentException(words);
            });
    return new Interpreter(graph, conditions);
  }

  public ServingGraph graph() {
    return graph;
  }

  /**
   * @param request the inputs by name; one that is missing is an answer with status 400
   * @param leftNanos how long the caller waits at most
   */
  public Answer run(Value.Fields request, Ports ports, OptionalLong leftNanos)
      throws InterruptedException {
    var route = new ArrayList<String>();
    for (Port input : graph.inputs()) {
      if (!request.values().containsKey(input.name())) {
        return new Answer.Failed(
            Step.Ref.REQUEST, 400, "the request has no input `" + input.name() + "`", route);
      }
    }
    long own =
        graph.timeoutMillis().isPresent()
            ? graph.timeoutMillis().getAsLong() * 1_000_000
            : Run.NEVER;
    var run = new Run(ports, conditions, Math.min(own, leftNanos.orElse(Run.NEVER)));
    try {
      Value value = run.steps(graph.steps(), new Scope(request), route);
      return new Answer.Done(outputs(value), route);
    } catch (Lost lost) {
      return new Answer.Failed(lost.step(), lost.status(), lost.words(), route);
    }
  }

  private SequencedMap<String, Value> outputs(Value value) throws Lost {
    var outputs = new LinkedHashMap<String, Value>();
    List<Port> ports = graph.outputs();
    String last = graph.steps().getLast().name();
    if (!(value instanceof Value.Fields fields)) {
      if (ports.size() != 1) {
        throw new Lost(last, 500, "the answer is one value, not " + ports.size());
      }
      outputs.put(ports.getFirst().name(), value);
      return outputs;
    }
    if (ports.size() == 1
        && ports.getFirst().kind() instanceof Port.Kind.OfAny
        && !fields.values().containsKey(ports.getFirst().name())) {
      return new LinkedHashMap<>(fields.values());
    }
    if (ports.size() == 1
        && fields.values().size() == 1
        && !(ports.getFirst().kind() instanceof Port.Kind.OfFields)
        && !fields.values().containsKey(ports.getFirst().name())) {
      // A record of one field stands for that field.
      outputs.put(ports.getFirst().name(), fields.values().firstEntry().getValue());
      return outputs;
    }
    for (Port port : ports) {
      Value field = fields.values().get(port.name());
      if (field == null) {
        throw new Lost(last, 500, "the answer has no output `" + port.name() + "`");
      }
      outputs.put(port.name(), port.kind() instanceof Port.Kind.OfTensor ? single(field) : field);
    }
    return outputs;
  }

  /** A record of one field stands for that field, also where it is a field itself. */
  private static Value single(Value value) {
    return value instanceof Value.Fields(var fields) && fields.size() == 1
        ? single(fields.firstEntry().getValue())
        : value;
  }
}
