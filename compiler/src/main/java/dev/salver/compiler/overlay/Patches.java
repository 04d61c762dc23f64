package dev.salver.compiler.overlay;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** A patch must change something that is there. */
public final class Patches {
  private Patches() {}

  public static void check(Declarations declarations, Diagnostics diagnostics) {
    for (Resource environment : declarations.environments().values()) {
      for (Entry entry : environment.body()) {
        if (entry instanceof Resource patch) {
          check(patch, declarations, diagnostics);
        } else if (entry instanceof Entry.Graph graph) {
          check(graph, declarations, diagnostics);
        }
      }
    }
  }

  private static void check(Entry.Graph graph, Declarations declarations, Diagnostics diagnostics) {
    if (graph.steps().isEmpty() && graph.signature() == null && !graph.isTemplate()) {
      check(graph.asResource(), declarations, diagnostics);
      return;
    }
    diagnostics.add(
        Diagnostic.of(
            Code.SV1007,
            graph.name().span(),
            "an environment changes the settings of a graph, in `with { }`, and nothing else of"
                + " it"));
  }

  private static void check(Resource patch, Declarations declarations, Diagnostics diagnostics) {
    Collection<String> known =
        switch (patch.kind()) {
          case MODEL -> declarations.models().keySet();
          case RUNTIME -> declarations.runtimes().keySet();
          case ACCELERATOR -> declarations.accelerators().keySet();
          case ROLLOUT -> declarations.rollouts().keySet();
          case GRAPH ->
              declarations.graphs().values().stream()
                  .filter(graph -> !graph.isTemplate())
                  .map(graph -> graph.name().text())
                  .toList();
          default -> List.of();
        };
    Name name = patch.name();
    boolean all = patch.isSelector() && patch.kind() == Kind.MODEL;
    Collection<String> families = declarations.families().names(patch.kind());
    if (isPatchable(patch.kind())
        && !all
        && !known.contains(name.text())
        && !families.contains(name.text())) {
      var names = new TreeSet<>(known);
      names.addAll(families);
      missing(patch, names, diagnostics);
    }
  }

  private static void missing(Resource patch, Collection<String> known, Diagnostics diagnostics) {
    Name name = patch.name();
    var diagnostic =
        Diagnostic.of(
            Code.SV3002,
            name.span(),
            "there is no " + patch.kind().word() + " `" + name + "` that this could change");
    diagnostics.add(
        Spelling.nearest(name.text(), known)
            .map(near -> diagnostic.fixedBy(Fix.replace(name.span(), near)))
            .orElse(diagnostic));
  }

  private static boolean isPatchable(Kind kind) {
    return switch (kind) {
      case MODEL, RUNTIME, ACCELERATOR, ROLLOUT, GRAPH -> true;
      default -> false;
    };
  }
}
