package dev.salver.compiler;

import dev.salver.compiler.diagnostic.Diagnostic;
import java.util.List;
import java.util.SortedMap;

/**
 * An environment's manifests.
 *
 * @param files by name: a YAML file per object and {@code origins.json}; empty when there are
 *     errors. The arrays must not be changed
 * @param diagnostics those of the program and of this environment
 */
public record Output(
    String environment,
    String namespace,
    SortedMap<String, byte[]> files,
    List<Service> services,
    List<Diagnostic> diagnostics) {
  public Output {
    services = List.copyOf(services);
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(Diagnostic::isError);
  }
}
