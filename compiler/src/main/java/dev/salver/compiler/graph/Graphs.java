package dev.salver.compiler.graph;

import dev.salver.compiler.bind.Declarations;
import dev.salver.compiler.check.EnvironmentPlan;
import dev.salver.compiler.check.Settings;
import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.expand.Templates;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.type.Signature;
import dev.salver.compiler.type.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Checks a program's types once, and its graphs and templates in each environment. */
public final class Graphs {
  private final Declarations declarations;
  private final List<Entry> entries;
  private final Signatures known;
  private final Types types;

  private Graphs(Declarations declarations, List<Entry> entries, Signatures known, Types types) {
    this.declarations = declarations;
    this.entries = entries;
    this.known = known;
    this.types = types;
  }

  /**
   * Finds graphs that call themselves.
   *
   * @param entries all that is declared, without loops
   * @param known of the same declarations
   */
  public static Graphs of(
      Declarations declarations, List<Entry> entries, Signatures known, Diagnostics diagnostics) {
    Types types = known.types(diagnostics);
    Circles.check(declarations.graphs(), diagnostics);
    return new Graphs(declarations, entries, known, types);
  }

  /** What the models and graphs of an environment take and give, where something says so. */
  public SortedMap<String, Signature> signatures(EnvironmentPlan environment) {
    var ignored = new Diagnostics();
    Services services =
        Services.of(declarations, environment, types.reporting(ignored), known, ignored);
    var signatures = new TreeMap<String, Signature>();
    for (String name : services.names()) {
      services
          .find(name)
          .flatMap(Service::signature)
          .ifPresent(signature -> signatures.put(name, signature));
    }
    return signatures;
  }

  /**
   * The graphs of an environment, in the order of their names; those that it leaves out are checked
   * and not there.
   */
  public List<GraphPlan> plan(EnvironmentPlan environment, Diagnostics diagnostics) {
    var own = new Diagnostics();
    Types here = types.reporting(own);
    Services services = Services.of(declarations, environment, here, known, own);
    var templates = Templates.of(declarations.graphs(), entries, own);
    var broken = new HashSet<String>();
    for (Entry.Graph graph : declarations.graphs().values()) {
      if (graph.isTemplate()) {
        int before = own.size();
        new GraphCheck(graph, here, services, templates, Set.of(), environment, own).template();
        if (own.size() > before) {
          broken.add(graph.name().text());
        }
      }
    }
    var plans = new ArrayList<GraphPlan>();
    for (Entry.Graph graph : declarations.graphs().values()) {
      Settings settings = environment.settings().get(graph.name().text());
      if (graph.isTemplate() || settings == null) {
        continue;
      }
      boolean deployed = settings.bool("deploy").orElse(true);
      var found = new Diagnostics();
      Optional<GraphPlan> plan =
          new GraphCheck(
                  graph, here.reporting(found), services, templates, broken, environment, found)
              .plan(settings);
      // What is left out itself may call what is left out.
      found.sorted().stream()
          .filter(each -> deployed || each.code() != Code.SV2123)
          .forEach(own::add);
      plan.filter(each -> deployed).ifPresent(plans::add);
    }
    diagnostics.addAll(own.sorted());
    return plans;
  }
}
