package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.TypeRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** What holds for a template by itself, whoever uses it. */
final class TemplateRules {
  private TemplateRules() {}

  static void check(SortedMap<String, Entry.Graph> graphs, Diagnostics diagnostics) {
    var told = new HashSet<String>();
    graphs.forEach(
        (name, graph) -> {
          if (graph.isTemplate()) {
            parameters(graph, diagnostics);
            if (!told.contains(name)) {
              circle(name, graphs, diagnostics, told);
            }
          }
          for (Expr.Index instance : Uses.of(graph, graphs).instances) {
            Entry.Graph template = graphs.get(((Expr.Word) instance.target()).text());
            if (template != null) {
              new TemplateArguments(template, instance, diagnostics).match();
            }
          }
        });
  }

  private static void parameters(Entry.Graph graph, Diagnostics diagnostics) {
    var names = new HashMap<String, Span>();
    graph
        .parameters()
        .forEach(each -> name(names, each.name().text(), each.name().span(), diagnostics));
    if (graph.signature() instanceof TypeRef.Function function) {
      function
          .inputs()
          .forEach(each -> input(names, each.name(), graph).ifPresent(diagnostics::add));
    }
    for (Entry.Step step : graph.steps()) {
      if (step.name() != null
          && graph.parameters().stream()
              .anyMatch(each -> each.name().text().equals(step.name().text()))) {
        name(names, step.name().text(), step.name().span(), diagnostics);
      }
    }
  }

  /** An input that no flow reads under its name can have another without more ado. */
  private static Optional<Diagnostic> input(Map<String, Span> names, Name name, Entry.Graph graph) {
    Optional<Diagnostic> problem = problem(names, name.text(), name.span());
    boolean mentioned = !Mentions.of(name.text(), all -> all.steps(graph.steps())).isEmpty();
    return problem.isEmpty() || mentioned
        ? problem
        : problem.map(
            each ->
                each.fixedBy(
                    Fix.rename(
                            Spelling.free(name.text(), graph.span().text()::contains),
                            List.of(name.span()))
                        .suggested()));
  }

  private static void name(
      Map<String, Span> names, String name, Span span, Diagnostics diagnostics) {
    problem(names, name, span).ifPresent(diagnostics::add);
  }

  private static Optional<Diagnostic> problem(Map<String, Span> names, String name, Span span) {
    Span earlier = names.putIfAbsent(name, span);
    return earlier == null
        ? Optional.empty()
        : Optional.of(
            Diagnostic.of(
                    Code.SV1008, span, "`" + name + "` already has a meaning in this template")
                .relating(earlier, "it is declared here"));
  }

  /** Whether an instance would never end. */
  static boolean isCircular(String template, SortedMap<String, Entry.Graph> graphs) {
    return !circle(template, graphs).isEmpty();
  }

  private static void circle(
      String name,
      SortedMap<String, Entry.Graph> graphs,
      Diagnostics diagnostics,
      Set<String> told) {
    SortedMap<String, Span> circle = circle(name, graphs);
    if (circle.isEmpty()) {
      return;
    }
    told.addAll(circle.keySet());
    var rest = new ArrayList<>(circle.entrySet());
    rest.sort(Comparator.comparing(each -> each.getValue()));
    var diagnostic =
        Diagnostic.of(
            Code.SV2009,
            rest.getFirst().getValue(),
            "a template can't be made of itself: `"
                + rest.getFirst().getKey()
                + "` is used here again");
    for (var other : rest.subList(1, rest.size())) {
      diagnostic = diagnostic.relating(other.getValue(), "through `" + other.getKey() + "`");
    }
    diagnostics.add(diagnostic);
  }

  /**
   * The templates of one way from a template back to itself, each with the place where it is used;
   * empty where there is none.
   */
  private static SortedMap<String, Span> circle(
      String from, SortedMap<String, Entry.Graph> graphs) {
    var cameFrom = new HashMap<String, String>();
    var at = new HashMap<String, Span>();
    var queue = new ArrayDeque<String>();
    queue.add(from);
    while (!queue.isEmpty()) {
      String name = queue.remove();
      Entry.Graph graph = graphs.get(name);
      if (graph == null) {
        continue;
      }
      for (Used used : Uses.of(graph, graphs).found) {
        if (!cameFrom.containsKey(used.name())) {
          cameFrom.put(used.name(), name);
          at.put(used.name(), used.span());
          queue.add(used.name());
        }
      }
      if (cameFrom.containsKey(from)) {
        break;
      }
    }
    var circle = new TreeMap<String, Span>();
    if (cameFrom.containsKey(from)) {
      String name = from;
      while (!circle.containsKey(name)) {
        circle.put(name, at.get(name));
        name = cameFrom.get(name);
      }
    }
    return circle;
  }

  private record Used(String name, Span span) implements Comparable<Used> {
    @Override
    public int compareTo(Used other) {
      int bySpan = span.compareTo(other.span);
      return bySpan == 0 ? name.compareTo(other.name) : bySpan;
    }
  }

  /** The templates that a graph's flows name. */
  private static final class Uses extends Rewriter {
    private final SortedSet<Used> found = new TreeSet<>();
    private final List<Expr.Index> instances = new ArrayList<>();
    private final SortedMap<String, Entry.Graph> graphs;
    private final LocalNames local;

    private Uses(SortedMap<String, Entry.Graph> graphs, LocalNames local) {
      this.graphs = graphs;
      this.local = local;
    }

    static Uses of(Entry.Graph graph, SortedMap<String, Entry.Graph> graphs) {
      var uses = new Uses(graphs, LocalNames.of(graph));
      uses.steps(graph.steps());
      return uses;
    }

    @Override
    Expr index(Expr.Index index) {
      if (index.target() instanceof Expr.Word word && isTemplate(word)) {
        instances.add(index);
      }
      return super.index(index);
    }

    @Override
    Expr word(Expr.Word word) {
      if (isTemplate(word)) {
        found.add(new Used(word.text(), word.span()));
      }
      return word;
    }

    private boolean isTemplate(Expr.Word word) {
      Entry.Graph graph = graphs.get(word.text());
      return graph != null && graph.isTemplate() && !local.has(word.text());
    }
  }
}
