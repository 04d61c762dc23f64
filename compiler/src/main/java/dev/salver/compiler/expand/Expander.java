package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Kind;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Repeats what stands in {@code for each}, and gives the members of families their names. */
public final class Expander extends Loops {
  private final Families families = new Families();
  private final List<Span> loops = new ArrayList<>();

  private Expander(
      Constants constants, Map<String, Span> names, Budget budget, Diagnostics diagnostics) {
    super(constants, names, budget, diagnostics);
  }

  /** What stands at the top of a program's files as plain declarations. */
  public static Expansion expand(List<Entry> entries, Diagnostics diagnostics) {
    var params = new HashMap<String, Entry.Param>();
    var names = new HashMap<String, Span>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.Param param) {
        params.put(param.name().text(), param);
        names.put(param.name().text(), param.name().span());
      } else if (entry instanceof Resource secret && secret.kind() == Kind.SECRET) {
        names.put(secret.name().text(), secret.name().span());
      }
    }
    var constants = new Constants(params, Changed.params(entries), diagnostics);
    var expander = new Expander(constants, names, new Budget(diagnostics), diagnostics);
    List<Entry> unrolled = expander.entries(entries);
    var members = new Members(expander.families, constants, diagnostics);
    return new Expansion(
        members.isNeeded(unrolled) ? members.entries(unrolled) : unrolled,
        expander.families,
        expander.loops);
  }

  @Override
  List<Entry> entries(List<Entry> entries) {
    var unrolled = new ArrayList<Entry>();
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.ForEach each -> {
          loops.add(each.span());
          int before = diagnostics.size();
          List<Entry> made =
              unroll(
                  each.name(),
                  each.list(),
                  each.block().entries().stream()
                      .filter(inner -> !(inner instanceof Entry.ForEach))
                      .count(),
                  each.span(),
                  all -> all.entries(each.block().entries()),
                  (turn, item) ->
                      entries(turn.entries(indexed(each.name(), item, each.block().entries()))));
          if (made.isEmpty() && diagnostics.size() > before) {
            unknown(each.block().entries());
          }
          unrolled.addAll(made);
        }
        case Resource resource -> unrolled.add(declared(resource));
        case Entry.Graph graph -> unrolled.add(graph(graph));
        default -> unrolled.add(entry);
      }
    }
    return unrolled;
  }

  /** What a loop over a list that is none would have declared. */
  private void unknown(List<Entry> entries) {
    for (Entry entry : entries) {
      if (entry instanceof Resource resource && resource.index() != null) {
        families.broken(resource.kind(), resource.name().text());
      }
    }
  }

  /**
   * {@code graph tag[lang]} in a loop over {@code lang} is a member of a family; anywhere else the
   * brackets of a graph make it a template.
   */
  private List<Entry> indexed(Name variable, Expr item, List<Entry> entries) {
    return each(
        entries,
        entry ->
            entry instanceof Entry.Graph graph
                    && graph.parameters().size() == 1
                    && graph.parameters().getFirst().isType()
                    && graph.parameters().getFirst().name().text().equals(variable.text())
                ? member(graph, item)
                : entry);
  }

  private Entry member(Entry.Graph graph, Expr item) {
    String index = Substitution.text(item);
    if (index == null) {
      Members.noIndex(item).ifPresent(diagnostics::add);
      return graph;
    }
    families.add(Kind.MODEL, graph.name().text(), index);
    return new Entry.Graph(
        new Name(Families.member(graph.name().text(), index), graph.name().span()),
        List.of(),
        graph.signature(),
        graph.settings(),
        graph.steps(),
        graph.annotations(),
        graph.span());
  }

  /** A template's loops wait for its arguments. */
  @Override
  Entry graph(Entry.Graph graph) {
    return graph.isTemplate() ? graph : super.graph(graph);
  }

  private Resource declared(Resource resource) {
    Resource named = member(resource);
    Block block = resource.block();
    if (resource.kind() != Kind.ENV
        || block == null
        || block.entries().stream().noneMatch(Entry.ForEach.class::isInstance)) {
      return named;
    }
    return Members.with(
        named, named.name(), named.index(), new Block(patches(block.entries()), block.span()));
  }

  private List<Entry> patches(List<Entry> entries) {
    var unrolled = new ArrayList<Entry>();
    for (Entry entry : entries) {
      if (entry instanceof Entry.ForEach each) {
        loops.add(each.span());
        unrolled.addAll(
            unroll(
                each.name(),
                each.list(),
                each.block().entries().size(),
                each.span(),
                all -> all.entries(each.block().entries()),
                (turn, item) -> patches(turn.entries(each.block().entries()))));
      } else {
        unrolled.add(entry);
      }
    }
    return unrolled;
  }

  private Resource member(Resource resource) {
    if (resource.index() == null || !Members.mayBeFamily(resource.kind())) {
      return resource;
    }
    String index = constants.constant(resource.index()).map(Substitution::text).orElse(null);
    if (index == null) {
      Members.noIndex(resource.index()).ifPresent(diagnostics::add);
      return Members.with(resource, resource.name(), null, resource.block());
    }
    families.add(resource.kind(), resource.name().text(), index);
    return Members.with(
        resource,
        new Name(Families.member(resource.name().text(), index), resource.name().span()),
        null,
        resource.block());
  }
}
