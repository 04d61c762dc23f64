package dev.salver.compiler.lower;

import dev.salver.compiler.graph.Body;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.graph.Step;
import dev.salver.compiler.graph.Step.Work;
import dev.salver.compiler.type.Dim;
import dev.salver.compiler.type.Element;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Type;
import dev.salver.kube.graph.Datatype;
import dev.salver.kube.graph.ServingGraph.Port;
import dev.salver.kube.graph.Step.Ref;
import dev.salver.kube.graph.Step.Shadow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The steps and ports of a graph's plan in the words of a ServingGraph. */
final class ServingSpecs {
  /** What the output is called where the signature gives it no name. */
  private static final String OUTPUT = "output";

  private final Callees callees;
  private final Map<String, Type> types = new HashMap<>();

  ServingSpecs(GraphPlan plan, Callees callees) {
    this.callees = callees;
    plan.signature().inputs().forEach(input -> types.put(input.name(), input.type()));
    collect(plan.body());
  }

  static List<Port> inputs(Signature signature) {
    return signature.inputs().stream().map(each -> port(each.name(), each.type())).toList();
  }

  static List<Port> outputs(Signature signature) {
    return signature.output() instanceof Type.Fields fields && !fields.fields().isEmpty()
        ? fields(fields)
        : List.of(port(OUTPUT, signature.output()));
  }

  private static List<Port> fields(Type.Fields fields) {
    return fields.fields().entrySet().stream()
        .map(each -> port(each.getKey(), each.getValue()))
        .toList();
  }

  private static Port port(String name, Type type) {
    return switch (type) {
      case Type.Tensor tensor ->
          Port.tensor(
              name,
              datatype(tensor.element()),
              tensor.dims().isEmpty()
                  ? List.of(1L)
                  : tensor.dims().stream()
                      .map(dim -> dim instanceof Dim.Size(long size) ? size : -1L)
                      .toList());
      case Type.Fields fields -> Port.record(name, fields(fields));
      case Type.Json json -> Port.json(name);
      case Type.Parameter parameter -> Port.any(name);
      case Type.Unknown unknown -> Port.any(name);
    };
  }

  static Datatype datatype(Element element) {
    return switch (element) {
      case BOOL -> Datatype.BOOL;
      case U8 -> Datatype.UINT8;
      case U16 -> Datatype.UINT16;
      case U32 -> Datatype.UINT32;
      case U64 -> Datatype.UINT64;
      case I8 -> Datatype.INT8;
      case I16 -> Datatype.INT16;
      case I32 -> Datatype.INT32;
      case I64 -> Datatype.INT64;
      case F16 -> Datatype.FP16;
      case BF16 -> Datatype.BF16;
      case F32 -> Datatype.FP32;
      case F64 -> Datatype.FP64;
      case STRING, BYTES -> Datatype.BYTES;
    };
  }

  List<dev.salver.kube.graph.Step> steps(Body body) {
    var steps = new ArrayList<dev.salver.kube.graph.Step>();
    body.steps().forEach(step -> steps.add(step(step)));
    return steps;
  }

  private dev.salver.kube.graph.Step step(Step step) {
    Step.Edge edge = step.edge();
    Step.Shadow shadow = edge.shadow();
    return new dev.salver.kube.graph.Step(
        step.name(),
        work(step),
        edge.withinMillis(),
        edge.retries(),
        edge.fallback() == null ? null : step(edge.fallback()),
        shadow == null ? null : new Shadow(shadow.percent(), step(shadow.call())));
  }

  private dev.salver.kube.graph.Step.Work work(Step step) {
    return switch (step.work()) {
      case Work.Call call -> {
        var inputs = new LinkedHashMap<String, Ref>();
        call.inputs().forEach(each -> inputs.put(each.input(), ref(each.from())));
        Type output = call.signature().output();
        boolean single = output instanceof Type.Tensor || output instanceof Type.Json;
        yield new dev.salver.kube.graph.Step.Work.Call(
            callees.address(call.service()), inputs, single);
      }
      case Work.Cast cast ->
          new dev.salver.kube.graph.Step.Work.Cast(ref(cast.from()), datatype(cast.to()));
      case Work.Switch one ->
          new dev.salver.kube.graph.Step.Work.Switch(
              one.cases().stream()
                  .map(
                      each ->
                          new dev.salver.kube.graph.Step.Case(
                              ConditionText.of(each.condition(), types), steps(each.body())))
                  .toList(),
              one.otherwise() == null ? List.of() : steps(one.otherwise()));
      case Work.Split split ->
          new dev.salver.kube.graph.Step.Work.Split(
              split.shares().stream()
                  .map(
                      each ->
                          new dev.salver.kube.graph.Step.Share(each.percent(), steps(each.body())))
                  .toList());
      case Work.All all ->
          new dev.salver.kube.graph.Step.Work.All(
              all.branches().stream()
                  .map(
                      each ->
                          new dev.salver.kube.graph.Step.Branch(each.name(), steps(each.body())))
                  .toList(),
              all.reducer().map(each -> reduction(each.reduction())).orElse(null),
              all.reducer().flatMap(Step.Reducer::field).orElse(null));
      case Work.Nested nested -> new dev.salver.kube.graph.Step.Work.Nested(steps(nested.body()));
      case Work.Pass pass -> new dev.salver.kube.graph.Step.Work.Pass(ref(pass.ref()));
      case Work.Constant constant ->
          new dev.salver.kube.graph.Step.Work.Constant(
              ConstantValues.of(constant.fields(), step.type()));
      case Work.Fail fail ->
          new dev.salver.kube.graph.Step.Work.Fail(fail.status(), fail.message());
    };
  }

  private static dev.salver.kube.graph.Step.Reduction reduction(Step.Reduction reduction) {
    return switch (reduction) {
      case MEAN -> dev.salver.kube.graph.Step.Reduction.MEAN;
      case MAX -> dev.salver.kube.graph.Step.Reduction.MAX;
      case VOTE -> dev.salver.kube.graph.Step.Reduction.VOTE;
      case FIRST -> dev.salver.kube.graph.Step.Reduction.FIRST;
    };
  }

  private static Ref ref(Step.Ref ref) {
    return new Ref(ref.step(), ref.field().orElse(null));
  }

  private void collect(@Nullable Body body) {
    if (body != null) {
      body.steps().forEach(this::collect);
    }
  }

  private void collect(Step step) {
    types.put(step.name(), step.type());
    switch (step.work()) {
      case Work.Switch one -> {
        one.cases().forEach(each -> collect(each.body()));
        collect(one.otherwise());
      }
      case Work.Split split -> split.shares().forEach(each -> collect(each.body()));
      case Work.All all -> all.branches().forEach(each -> collect(each.body()));
      case Work.Nested nested -> collect(nested.body());
      default -> {}
    }
  }
}
