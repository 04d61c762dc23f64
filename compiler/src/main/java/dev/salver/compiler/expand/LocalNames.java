package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.TypeRef;
import java.util.HashSet;
import java.util.Set;

/** What a graph itself gives a name: inputs, steps, a template's parameters. */
record LocalNames(Set<String> names) {
  static final LocalNames NONE = new LocalNames(Set.of());

  static LocalNames of(Entry.Graph graph) {
    var names = new HashSet<String>();
    graph.parameters().forEach(parameter -> names.add(parameter.name().text()));
    if (graph.signature() instanceof TypeRef.Function function) {
      function.inputs().forEach(input -> names.add(input.name().text()));
    }
    for (Entry.Step step : graph.steps()) {
      if (step.name() != null) {
        names.add(step.name().text());
      }
    }
    return new LocalNames(names);
  }

  boolean has(String name) {
    return names.contains(name);
  }
}
