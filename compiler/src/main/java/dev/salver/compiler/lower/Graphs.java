package dev.salver.compiler.lower;

import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.Mode;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.type.Element;
import dev.salver.kube.graph.Datatype;
import dev.salver.kube.graph.ServingGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which backend carries an environment's graphs, and what of them none carries. */
public final class Graphs {
  private Graphs() {}

  /** Graphs that say {@code backend = kserve}, and the first edge of each that does not fit. */
  public static List<Diagnostic> problems(
      EnvironmentPlan environment, List<GraphPlan> graphs, Map<String, Entry.Graph> declared) {
    var found = new ArrayList<Diagnostic>();
    if (graphs.stream().noneMatch(graph -> isKServe(graph, environment))) {
      return found;
    }
    Callees callees = Callees.of(environment);
    for (GraphPlan graph : graphs) {
      if (isKServe(graph, environment)) {
        try {
          InferenceGraphs.nodes(graph, callees, mode(graph, environment));
        } catch (InferenceGraphs.Unfit unfit) {
          Path path = Path.of("backend");
          boolean own = graph.settings().leaf(path).isPresent();
          var diagnostic =
              own
                  ? unfit
                      .diagnostic()
                      .relating(graph.settings().at(path), "`backend = kserve` is set here")
                  : unfit.diagnostic();
          found.add(
              Optional.ofNullable(declared.get(graph.name()))
                  .flatMap(each -> BackendFixes.salvers(graph, each))
                  .map(fix -> diagnostic.fixedBy(fix.suggested()))
                  .orElse(diagnostic));
        }
      }
    }
    return found;
  }

  /**
   * A graph as the interpreter runs it, whatever backend carries it in a cluster; the services that
   * it calls have the names of the program.
   */
  public static ServingGraph serving(GraphPlan graph) {
    return GraphObjects.serving(graph, Callees.NAMED);
  }

  /** An element type on the wire. */
  public static Datatype datatype(Element element) {
    return ServingSpecs.datatype(element);
  }

  static List<Manifest> lower(EnvironmentPlan environment, List<GraphPlan> graphs) {
    Callees callees = Callees.of(environment);
    return graphs.stream()
        .map(
            graph ->
                GraphObjects.of(
                    graph,
                    environment.namespace(),
                    mode(graph, environment),
                    choose(graph, environment, callees)))
        .toList();
  }

  private static Backend choose(GraphPlan graph, EnvironmentPlan environment, Callees callees) {
    if (backend(graph, environment).filter("salver"::equals).isPresent()) {
      return new Backend.Salver(callees);
    }
    try {
      return new Backend.KServe(InferenceGraphs.nodes(graph, callees, mode(graph, environment)));
    } catch (InferenceGraphs.Unfit unfit) {
      return new Backend.Salver(callees);
    }
  }

  private static boolean isKServe(GraphPlan graph, EnvironmentPlan environment) {
    return backend(graph, environment).filter("kserve"::equals).isPresent();
  }

  /** The graph's own, else the environment's. */
  private static Optional<String> backend(GraphPlan graph, EnvironmentPlan environment) {
    return graph.settings().text("backend").or(environment::backend);
  }

  /** How a graph is deployed: as it says, else as its environment does. */
  public static Mode mode(GraphPlan graph, EnvironmentPlan environment) {
    return graph
        .settings()
        .text("mode")
        .map(word -> Mode.valueOf(word.toUpperCase(Locale.ROOT)))
        .orElse(environment.mode());
  }
}
