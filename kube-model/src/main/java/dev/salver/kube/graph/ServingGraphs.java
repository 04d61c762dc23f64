package dev.salver.kube.graph;

import static dev.salver.kube.graph.ServingGraph.GVK;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.FieldReader;
import dev.salver.kube.FieldReader.Refused;
import dev.salver.kube.KubeObject;
import dev.salver.kube.graph.ServingGraph.Log;
import dev.salver.kube.graph.ServingGraph.Pods;
import dev.salver.kube.graph.ServingGraph.Port;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** ServingGraphs as objects: read strictly, and admitted or refused in words. */
public final class ServingGraphs {
  private ServingGraphs() {}

  /** An object's graph, or why it is none. */
  public sealed interface Read {
    record Graph(ServingGraph graph) implements Read {}

    /**
     * @param words one line, which begins with the place
     */
    record Bad(String words) implements Read {}
  }

  /** Reads an object and checks it; what is read can be run. */
  public static Read read(KubeObject object) {
    if (!object.gvk().equals(GVK)) {
      return new Read.Bad("is " + object.gvk() + ", not " + GVK);
    }
    try {
      ServingGraph graph = spec(FieldReader.of(object.spec(), "spec"));
      Optional<String> refusal = GraphRules.refusal(graph);
      return refusal.<Read>map(Read.Bad::new).orElseGet(() -> new Read.Graph(graph));
    } catch (Refused e) {
      return new Read.Bad(e.words());
    }
  }

  /** The words of the refusal, the first objection; empty where an object is admitted. */
  public static Optional<String> refusal(KubeObject object) {
    return read(object) instanceof Read.Bad bad ? Optional.of(bad.words()) : Optional.empty();
  }

  /** A graph as an object. */
  public static KubeObject object(String namespace, String name, ServingGraph graph) {
    KubeObject object = KubeObject.named(GVK, namespace, name);
    object.tree().set("spec", GraphWriter.spec(graph));
    return object;
  }

  private static ServingGraph spec(FieldReader spec) throws Refused {
    spec.knowing(Set.of("inputs", "outputs", "timeout", "steps", "pods", "log"));
    return new ServingGraph(
        spec.list("inputs", ServingGraphs::port),
        spec.list("outputs", ServingGraphs::port),
        spec.duration("timeout"),
        new StepReader().steps(spec, "steps"),
        spec.has("pods") ? pods(spec.at("pods")) : Pods.DEFAULT,
        spec.has("log") ? log(spec.at("log")) : null);
  }

  private static Port port(FieldReader port) throws Refused {
    port.knowing(Set.of("name", "datatype", "shape", "fields"));
    String name = port.text("name");
    if (port.has("fields")) {
      return Port.record(name, port.list("fields", ServingGraphs::port));
    }
    if (!port.has("datatype")) {
      return Port.any(name);
    }
    if (port.text("datatype").equals("JSON")) {
      return Port.json(name);
    }
    List<Long> shape =
        port.list(
            "shape",
            size -> {
              JsonNode node = size.node();
              if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < -1) {
                throw size.refuse("must be a size, or -1 for any");
              }
              return node.longValue();
            });
    return Port.tensor(name, port.word("datatype", Datatype::of), shape);
  }

  private static Log log(FieldReader log) throws Refused {
    log.knowing(Set.of("url", "mode"));
    return new Log(
        log.text("url"), log.has("mode") ? log.word("mode", ServingGraphs::logged) : "all");
  }

  private static Optional<String> logged(String word) {
    return Optional.of(word).filter(Set.of("all", "request", "response")::contains);
  }

  private static Optional<String> metric(String word) {
    return Optional.of(word).filter(Set.of("concurrency", "rps", "cpu", "memory")::contains);
  }

  private static Pods pods(FieldReader pods) throws Refused {
    pods.knowing(
        Set.of(
            "minReplicas",
            "maxReplicas",
            "scaleMetric",
            "scaleTarget",
            "containerConcurrency",
            "resources",
            "labels",
            "annotations",
            "serviceAccountName"));
    FieldReader resources = pods.at("resources");
    if (pods.has("resources")) {
      resources.knowing(Set.of("requests", "limits"));
    }
    return new Pods(
        pods.whole("minReplicas", 0, 10_000),
        pods.whole("maxReplicas", 0, 10_000),
        pods.has("scaleMetric") ? pods.word("scaleMetric", ServingGraphs::metric) : "",
        pods.whole("scaleTarget", 1, Integer.MAX_VALUE),
        pods.whole("containerConcurrency", 0, Integer.MAX_VALUE),
        resources.texts("requests"),
        resources.texts("limits"),
        pods.texts("labels"),
        pods.texts("annotations"),
        pods.text("serviceAccountName", ""));
  }
}
