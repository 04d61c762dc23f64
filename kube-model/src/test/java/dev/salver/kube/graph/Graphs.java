package dev.salver.kube.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.KubeObject;
import dev.salver.kube.Yaml;
import dev.salver.kube.graph.Calls.Reply;
import dev.salver.kube.graph.ServingGraphs.Read;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.function.Function;

/** A graph from YAML with services that a test makes up, chance and time in its hand. */
final class Graphs implements Calls {
  /** Fraud detection: side by side, a fallback, a switch, a shadow. */
  static final String FRAUD =
      """
      inputs:
      - name: amount
        datatype: FP32
        shape: [1]
      - name: country
        datatype: BYTES
        shape: [1]
      outputs:
      - {name: verdict, datatype: BYTES, shape: [1]}
      timeout: 300ms
      steps:
      - name: feats
        call:
          service: featurize
          inputs: {amount: request.amount}
        within: 20ms
      - name: risk
        all:
          branches:
          - name: fraud-xgb
            steps:
            - name: fraud-xgb
              call: {service: fraud-xgb, inputs: {x: feats.x}}
          - name: fraud-nn
            steps:
            - name: fraud-nn
              call: {service: fraud-nn, inputs: {x: feats.x}}
              within: 60ms
              fallback:
                name: fraud-small
                call: {service: fraud-small, inputs: {x: feats.x}}
          reduce: mean
          field: score
      - name: decision
        switch:
          cases:
          - when: max(risk) > 0.9
            steps:
            - name: block
              constant:
              - {name: verdict, datatype: BYTES, shape: [1], data: [block]}
          - when: country == "DE"
            steps:
            - name: rules-eu
              call: {service: rules-eu, inputs: {risk: risk}}
          else:
          - name: rules
            call: {service: rules, inputs: {risk: risk}}
            shadow:
              percent: 10
              step:
                name: rules-next
                call: {service: rules-next, inputs: {risk: risk}}
      """;

  final List<String> called = new ArrayList<>();
  final Map<String, Function<Request, Reply>> services = new HashMap<>();
  final Map<String, Double> draws = new HashMap<>();
  long now = 1_000;

  @Override
  public Reply call(Request request) {
    synchronized (this) {
      called.add(request.step());
    }
    var service = services.get(request.to().service());
    return service == null
        ? new Reply.Failed(502, "no `" + request.to().service() + "`")
        : service.apply(request);
  }

  Graphs answers(String service, Object... outputs) {
    services.put(service, request -> new Reply.Answered(values(outputs)));
    return this;
  }

  Graphs fails(String service, int status) {
    services.put(service, request -> new Reply.Failed(status, "status " + status));
    return this;
  }

  Answer run(String spec, Object... inputs) throws InterruptedException {
    return run(spec, Fan.inOrder(), inputs);
  }

  Answer run(String spec, Fan fan, Object... inputs) throws InterruptedException {
    var ports = new Interpreter.Ports(this, step -> draws.getOrDefault(step, 50.0), fan, () -> now);
    return Interpreter.of(graph(spec))
        .run(new Value.Fields(values(inputs)), ports, OptionalLong.empty());
  }

  static ServingGraph graph(String spec) {
    return switch (ServingGraphs.read(object(spec))) {
      case Read.Graph read -> read.graph();
      case Read.Bad bad -> throw new AssertionError(bad.words());
    };
  }

  static KubeObject object(String spec) {
    KubeObject object = KubeObject.named(ServingGraph.GVK, "ml", "g");
    ObjectNode tree = object.tree();
    tree.set("spec", Yaml.documents(spec).getFirst());
    return new KubeObject(tree);
  }

  /** Names and values in turn; a number is an FP32 scalar, a text a scalar of BYTES. */
  static SequencedMap<String, Value> values(Object... pairs) {
    var values = new LinkedHashMap<String, Value>();
    for (int i = 0; i < pairs.length; i += 2) {
      Object value = pairs[i + 1];
      values.put(
          (String) pairs[i],
          switch (value) {
            case Value made -> made;
            case String text -> Tensor.scalar(text);
            case Number number -> Tensor.scalar(Datatype.FP32, number.doubleValue());
            default -> throw new AssertionError(value);
          });
    }
    return values;
  }

  static Tensor floats(double... numbers) {
    var elements = new Elements(Datatype.FP32, List.of((long) numbers.length));
    for (double number : numbers) {
      elements.put(number);
    }
    return elements.done();
  }
}
