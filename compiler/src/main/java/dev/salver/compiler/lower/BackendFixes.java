package dev.salver.compiler.lower;

import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.graph.GraphPlan;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import java.util.Optional;

/** How a graph is left to Salver's own router, which carries all of them. */
final class BackendFixes {
  private static final String SALVER = "backend = salver";

  private BackendFixes() {}

  /**
   * Says it where {@code backend = kserve} is said of the graph, else in the graph: an environment
   * may say it of all of them.
   */
  static Optional<Fix> salvers(GraphPlan graph, Entry.Graph declared) {
    Block settings = declared.settings();
    if (graph.settings().leaf(Path.of("backend")).isPresent()) {
      return graph.settings().said("backend", "salver");
    }
    return declared.span().file().isLibrary()
        ? Optional.empty()
        : Optional.of(settings == null ? with(declared) : Fix.append(settings.span(), SALVER));
  }

  private static Fix with(Entry.Graph declared) {
    Span header =
        declared.signature() == null ? declared.name().span() : declared.signature().span();
    return Fix.insert(
        "add `" + SALVER + "`", header.file(), header.end(), " with { " + SALVER + " }");
  }
}
