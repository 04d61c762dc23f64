package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.TypeRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Graphs that call themselves, through others or templates too: a request would never end. One
 * circle is one mistake, told at the first of its graphs with every call on the way.
 */
final class Circles {
  private final SortedMap<String, Entry.Graph> graphs;
  private final Diagnostics diagnostics;
  private final Set<String> done = new HashSet<>();
  private final Set<String> told = new HashSet<>();

  private Circles(SortedMap<String, Entry.Graph> graphs, Diagnostics diagnostics) {
    this.graphs = graphs;
    this.diagnostics = diagnostics;
  }

  static void check(SortedMap<String, Entry.Graph> graphs, Diagnostics diagnostics) {
    var circles = new Circles(graphs, diagnostics);
    graphs.forEach(
        (name, graph) -> {
          if (!graph.isTemplate()) {
            circles.enter(name);
          }
        });
  }

  private static final class Frame {
    final String name;
    final List<Map.Entry<String, Span>> calls;
    int next;

    Frame(String name, Map<String, Span> calls) {
      this.name = name;
      this.calls = List.copyOf(calls.entrySet());
    }
  }

  /** Without recursion: a chain of graphs may be as long as a program. */
  private void enter(String start) {
    var stack = new ArrayList<Frame>();
    var places = new HashMap<String, Integer>();
    push(start, stack, places);
    while (!stack.isEmpty()) {
      Frame top = stack.getLast();
      if (done.contains(top.name) || top.next >= top.calls.size()) {
        done.add(top.name);
        stack.removeLast();
        places.remove(top.name, stack.size());
        continue;
      }
      String called = top.calls.get(top.next++).getKey();
      Integer at = places.get(called);
      if (at != null) {
        circle(stack.subList(at, stack.size()));
      } else if (!done.contains(called)) {
        push(called, stack, places);
      }
    }
  }

  private void push(String name, List<Frame> stack, Map<String, Integer> places) {
    Entry.Graph graph = graphs.get(name);
    if (graph != null) {
      places.put(name, stack.size());
      stack.add(new Frame(name, calls(graph)));
    }
  }

  private void circle(List<Frame> members) {
    boolean known = members.stream().anyMatch(each -> told.contains(each.name));
    members.forEach(each -> told.add(each.name));
    // Templates that use each other in a circle are told where templates are checked.
    if (known || members.stream().allMatch(each -> graph(each).isTemplate())) {
      return;
    }
    Frame first =
        members.stream()
            .filter(each -> !graph(each).isTemplate())
            .min((a, b) -> a.name.compareTo(b.name))
            .orElseThrow();
    int from = members.indexOf(first);
    var diagnostic =
        Diagnostic.of(
            Code.SV2116,
            graph(first).name().span(),
            "the graph `" + first.name + "` calls itself, so a request would never end");
    for (int i = 0; i < Math.min(members.size(), 20); i++) {
      Frame each = members.get((from + i) % members.size());
      Map.Entry<String, Span> call = each.calls.get(each.next - 1);
      diagnostic =
          diagnostic.relating(
              call.getValue(), "`" + each.name + "` calls `" + call.getKey() + "` here");
    }
    diagnostics.add(diagnostic);
  }

  private Entry.Graph graph(Frame frame) {
    return graphs.getOrDefault(frame.name, graphs.firstEntry().getValue());
  }

  /** The graphs that a graph calls and where, in the order of its text. */
  private Map<String, Span> calls(Entry.Graph graph) {
    var own = new HashSet<String>();
    if (graph.signature() instanceof TypeRef.Function function) {
      function.inputs().forEach(each -> own.add(each.name().text()));
    }
    graph.parameters().forEach(each -> own.add(each.name().text()));
    var calls = new LinkedHashMap<String, Span>();
    for (Entry.Step step : graph.steps()) {
      flow(step.flow(), own, calls);
      if (step.name() != null) {
        own.add(step.name().text());
      }
    }
    return calls;
  }

  private void flow(Flow flow, Set<String> own, Map<String, Span> calls) {
    for (Flow.Stage stage : flow.stages()) {
      switch (stage.node()) {
        case Flow.Node.Term term -> expr(term.expr(), own, calls);
        case Flow.Node.Switch node -> node.branches().forEach(each -> branch(each, own, calls));
        case Flow.Node.Split node -> node.branches().forEach(each -> branch(each, own, calls));
        case Flow.Node.All node -> node.members().forEach(each -> member(each, own, calls));
      }
      for (Flow.Modifier modifier : stage.modifiers()) {
        switch (modifier) {
          case Flow.Modifier.Or or -> expr(or.call(), own, calls);
          case Flow.Modifier.Shadow shadow -> expr(shadow.call(), own, calls);
          default -> {}
        }
      }
    }
  }

  private void branch(Flow.Branch branch, Set<String> own, Map<String, Span> calls) {
    switch (branch) {
      case Flow.Branch.Case one -> flow(one.flow(), own, calls);
      case Flow.Branch.Each each -> each.branches().forEach(inner -> branch(inner, own, calls));
    }
  }

  private void member(Flow.Member member, Set<String> own, Map<String, Span> calls) {
    switch (member) {
      case Flow.Member.One one -> flow(one.flow(), own, calls);
      case Flow.Member.Each each -> each.members().forEach(inner -> member(inner, own, calls));
    }
  }

  private void expr(Expr expr, Set<String> own, Map<String, Span> calls) {
    switch (expr) {
      case Expr.Word word -> {
        if (graphs.containsKey(word.text()) && !own.contains(word.text())) {
          calls.putIfAbsent(word.text(), word.span());
        }
      }
      case Expr.Member member -> {
        String name = Terms.dotted(member).orElse("");
        if (graphs.containsKey(name)) {
          calls.putIfAbsent(name, member.span());
        }
      }
      case Expr.Call call -> expr(call.target(), own, calls);
      case Expr.Index index -> {
        expr(index.target(), own, calls);
        index.arguments().forEach(each -> expr(each.value(), own, calls));
      }
      case Expr.ListOf list -> list.items().forEach(each -> expr(each, own, calls));
      default -> {}
    }
  }
}
