package dev.salver.compiler.testing;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.ModelPlan;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.type.Signature;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The environment that a test runs in, worked out.
 *
 * @param graphs those without mistakes
 * @param signatures of the models and graphs that say one, or whose artifact does
 */
public record Scene(
    Declarations declarations,
    EnvironmentPlan plan,
    List<GraphPlan> graphs,
    SortedMap<String, Signature> signatures) {
  public Scene {
    graphs = List.copyOf(graphs);
    signatures = Collections.unmodifiableSortedMap(new TreeMap<>(signatures));
  }

  String environment() {
    return plan.environment().name();
  }

  /** Names of models and graphs, templates left out. */
  Set<String> services() {
    var names = new TreeSet<>(declarations.models().keySet());
    names.addAll(graphNames());
    return names;
  }

  Set<String> graphNames() {
    var names = new TreeSet<String>();
    declarations.graphs().values().stream()
        .filter(graph -> !graph.isTemplate())
        .forEach(graph -> names.add(graph.name().text()));
    return names;
  }

  Optional<Signature> signature(String service) {
    return Optional.ofNullable(signatures.get(service));
  }

  Optional<ModelPlan> model(String name) {
    return plan.models().stream().filter(model -> model.name().equals(name)).findFirst();
  }

  Optional<GraphPlan> graph(String name) {
    return graphs.stream().filter(graph -> graph.name().equals(name)).findFirst();
  }
}
