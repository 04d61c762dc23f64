package dev.salver.kube.graph;

import dev.salver.kube.Gvk;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a ServingGraph: steps over services, the last of which is the answer. It is a graph
 * whose names are resolved and whose templates are expanded; a router runs it as it stands.
 *
 * @param inputs what a request holds
 * @param outputs what the answer holds, in its order
 * @param steps at the top; every name in them and below them is there once
 * @param timeoutMillis for the whole of a request
 * @param log where requests and answers are sent to; null for nowhere
 */
public record ServingGraph(
    List<Port> inputs,
    List<Port> outputs,
    OptionalLong timeoutMillis,
    List<Step> steps,
    Pods pods,
    @Nullable Log log) {
  public static final Gvk GVK = new Gvk("salver.dev", "v1alpha1", "ServingGraph");

  public ServingGraph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    steps = List.copyOf(steps);
  }

  /**
   * A tensor, a JSON value or a record of an input or output.
   *
   * @param shape of a tensor; {@code -1} is any size, {@code [1]} a scalar
   * @param fields of a record; empty for anything else
   */
  public record Port(String name, Kind kind, List<Long> shape, List<Port> fields) {
    public Port {
      shape = List.copyOf(shape);
      fields = List.copyOf(fields);
    }

    public static Port tensor(String name, Datatype datatype, List<Long> shape) {
      return new Port(name, new Kind.OfTensor(datatype), shape, List.of());
    }

    public static Port json(String name) {
      return new Port(name, new Kind.OfJson(), List.of(), List.of());
    }

    /** Whatever stands there. */
    public static Port any(String name) {
      return new Port(name, new Kind.OfAny(), List.of(), List.of());
    }

    public static Port record(String name, List<Port> fields) {
      return new Port(name, new Kind.OfFields(), List.of(), fields);
    }

    /** What stands at a port. */
    public sealed interface Kind {
      record OfTensor(Datatype datatype) implements Kind {}

      record OfJson() implements Kind {}

      record OfFields() implements Kind {}

      record OfAny() implements Kind {}
    }
  }

  /**
   * @param mode {@code all}, {@code request} or {@code response}
   */
  public record Log(String url, String mode) {}

  /** Where the graph's own pods run, and how many of them; empty texts and maps are not said. */
  public record Pods(
      OptionalLong minReplicas,
      OptionalLong maxReplicas,
      String scaleMetric,
      OptionalLong scaleTarget,
      OptionalLong containerConcurrency,
      SequencedMap<String, String> requests,
      SequencedMap<String, String> limits,
      SequencedMap<String, String> labels,
      SequencedMap<String, String> annotations,
      String serviceAccountName) {
    public static final Pods DEFAULT =
        new Pods(
            OptionalLong.empty(),
            OptionalLong.empty(),
            "",
            OptionalLong.empty(),
            OptionalLong.empty(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            "");
  }
}
