package dev.salver.kube.graph;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.salver.kube.Durations;
import dev.salver.kube.Json;
import dev.salver.kube.graph.ServingGraph.Pods;
import dev.salver.kube.graph.ServingGraph.Port;
import dev.salver.kube.graph.Step.Address;
import dev.salver.kube.graph.Step.Shadow;
import dev.salver.kube.graph.Step.Work;
import java.math.BigDecimal;
import java.util.List;
import java.util.SequencedMap;

/**
 * Writes a spec in the order that people read: what a step is called, what it does, on what terms.
 */
final class GraphWriter {
  private GraphWriter() {}

  static ObjectNode spec(ServingGraph graph) {
    ObjectNode spec = Json.object();
    ports(spec.putArray("inputs"), graph.inputs());
    ports(spec.putArray("outputs"), graph.outputs());
    graph.timeoutMillis().ifPresent(millis -> spec.put("timeout", Durations.text(millis)));
    steps(spec.putArray("steps"), graph.steps());
    ObjectNode pods = pods(graph.pods());
    if (!pods.isEmpty()) {
      spec.set("pods", pods);
    }
    if (graph.log() != null) {
      spec.putObject("log").put("url", graph.log().url()).put("mode", graph.log().mode());
    }
    return spec;
  }

  private static void ports(ArrayNode list, List<Port> ports) {
    for (Port port : ports) {
      ObjectNode node = list.addObject().put("name", port.name());
      switch (port.kind()) {
        case Port.Kind.OfTensor(Datatype datatype) -> {
          node.put("datatype", datatype.name());
          ArrayNode shape = node.putArray("shape");
          port.shape().forEach(shape::add);
        }
        case Port.Kind.OfAny any -> {}
        case Port.Kind.OfJson json -> node.put("datatype", "JSON");
        case Port.Kind.OfFields fields -> ports(node.putArray("fields"), port.fields());
      }
    }
  }

  private static ObjectNode pods(Pods pods) {
    ObjectNode node = Json.object();
    pods.minReplicas().ifPresent(least -> node.put("minReplicas", least));
    pods.maxReplicas().ifPresent(most -> node.put("maxReplicas", most));
    if (!pods.scaleMetric().isEmpty()) {
      node.put("scaleMetric", pods.scaleMetric());
    }
    pods.scaleTarget().ifPresent(target -> node.put("scaleTarget", target));
    pods.containerConcurrency().ifPresent(most -> node.put("containerConcurrency", most));
    if (!pods.requests().isEmpty() || !pods.limits().isEmpty()) {
      ObjectNode resources = node.putObject("resources");
      texts(resources, "requests", pods.requests());
      texts(resources, "limits", pods.limits());
    }
    texts(node, "labels", pods.labels());
    texts(node, "annotations", pods.annotations());
    if (!pods.serviceAccountName().isEmpty()) {
      node.put("serviceAccountName", pods.serviceAccountName());
    }
    return node;
  }

  private static void texts(ObjectNode node, String field, SequencedMap<String, String> texts) {
    if (!texts.isEmpty()) {
      texts.forEach(node.putObject(field)::put);
    }
  }

  private static void steps(ArrayNode list, List<Step> steps) {
    steps.forEach(step -> list.add(step(step)));
  }

  private static ObjectNode step(Step step) {
    ObjectNode node = Json.object().put("name", step.name());
    work(node, step.work());
    step.withinMillis().ifPresent(millis -> node.put("within", Durations.text(millis)));
    if (step.retries() > 0) {
      node.put("retries", step.retries());
    }
    if (step.fallback() != null) {
      node.set("fallback", step(step.fallback()));
    }
    Shadow shadow = step.shadow();
    if (shadow != null) {
      ObjectNode beside = node.putObject("shadow");
      percent(beside, shadow.percent());
      beside.set("step", step(shadow.call()));
    }
    return node;
  }

  private static void work(ObjectNode node, Work work) {
    switch (work) {
      case Work.Call call -> call(node.putObject("call"), call);
      case Work.Cast cast ->
          node.putObject("cast").put("value", cast.from().toString()).put("to", cast.to().name());
      case Work.Switch one -> {
        ObjectNode to = node.putObject("switch");
        ArrayNode cases = to.putArray("cases");
        one.cases()
            .forEach(
                each -> {
                  ObjectNode branch = cases.addObject().put("when", each.condition());
                  steps(branch.putArray("steps"), each.steps());
                });
        if (!one.otherwise().isEmpty()) {
          steps(to.putArray("else"), one.otherwise());
        }
      }
      case Work.Split split -> {
        ArrayNode shares = node.putArray("split");
        split
            .shares()
            .forEach(
                each -> {
                  ObjectNode share = shares.addObject();
                  percent(share, each.percent());
                  steps(share.putArray("steps"), each.steps());
                });
      }
      case Work.All all -> {
        ObjectNode to = node.putObject("all");
        ArrayNode branches = to.putArray("branches");
        all.branches()
            .forEach(
                each -> {
                  ObjectNode branch = branches.addObject().put("name", each.name());
                  steps(branch.putArray("steps"), each.steps());
                });
        if (all.reduction() != null) {
          to.put("reduce", all.reduction().word());
        }
        if (all.field() != null) {
          to.put("field", all.field());
        }
      }
      case Work.Nested nested -> steps(node.putArray("steps"), nested.steps());
      case Work.Pass pass -> node.put("value", pass.from().toString());
      case Work.Constant constant -> node.set("constant", Constants.write(constant.value()));
      case Work.Fail fail -> {
        ObjectNode to = node.putObject("fail").put("status", fail.status());
        if (!fail.message().isEmpty()) {
          to.put("message", fail.message());
        }
      }
    }
  }

  private static void call(ObjectNode node, Work.Call call) {
    Address to = call.to();
    node.put("service", to.service());
    if (to.url() != null) {
      node.put("url", to.url());
    }
    if (!to.model().equals(to.service())) {
      node.put("model", to.model());
    }
    if (!to.protocol().equals("v2")) {
      node.put("protocol", to.protocol());
    }
    if (!call.inputs().isEmpty()) {
      ObjectNode inputs = node.putObject("inputs");
      call.inputs().forEach((name, ref) -> inputs.put(name, ref.toString()));
    }
    if (call.single()) {
      node.put("single", true);
    }
  }

  /** A whole one without places, as people write it. */
  private static void percent(ObjectNode node, BigDecimal percent) {
    BigDecimal plain = percent.stripTrailingZeros();
    if (plain.scale() <= 0) {
      node.put("percent", plain.longValueExact());
    } else {
      node.put("percent", plain);
    }
  }
}
