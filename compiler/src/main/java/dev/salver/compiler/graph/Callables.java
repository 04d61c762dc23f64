package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.source.Span;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What flows can call by name: services of the program and what parameters stand for. */
final class Callables {
  private final Services services;
  private final Map<String, Service> parameters;

  Callables(Services services) {
    this(services, Map.of());
  }

  private Callables(Services services, Map<String, Service> parameters) {
    this.services = services;
    this.parameters = parameters;
  }

  /** Inside a template, or an instance of one. */
  Callables with(Map<String, Service> more) {
    var all = new HashMap<>(parameters);
    all.putAll(more);
    return new Callables(services, Map.copyOf(all));
  }

  Optional<Service> find(String name) {
    Service parameter = parameters.get(name);
    return parameter != null ? Optional.of(parameter) : services.find(name);
  }

  /** A service of the program, whatever parameters are called. */
  Optional<Service> service(String name) {
    return services.find(name);
  }

  /** What is wrong with a call of it in this environment. */
  Optional<Diagnostic> absent(Service service, Span at) {
    return services.absent(service, at);
  }

  /** Whether what it means is not known, which was reported. */
  boolean isUnresolved(String name) {
    return services.isUnresolved(name);
  }

  Set<String> names() {
    var names = new TreeSet<>(services.names());
    names.addAll(parameters.keySet());
    return names;
  }
}
