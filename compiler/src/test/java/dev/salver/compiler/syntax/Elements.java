package dev.salver.compiler.syntax;

import dev.salver.compiler.source.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * All that a file says, nested things included: declarations, settings, sections, patches, steps of
 * graphs and their branches, stubs and expectations.
 */
final class Elements {
  /**
   * One of them.
   *
   * @param key how deep it is, its kind, and its text without blanks
   */
  record Element(String key, Span span) {
    boolean holds(Mutant mutant) {
      return mutant.tokens().stream().anyMatch(at -> span.start() <= at && at < span.end());
    }
  }

  private final List<Element> found = new ArrayList<>();

  private Elements() {}

  /** The declarations alone. */
  static List<Element> top(SourceUnit unit) {
    return of(unit).stream()
        .filter(each -> each.key().startsWith("/") && each.key().charAt(1) != '/')
        .toList();
  }

  static List<Element> of(SourceUnit unit) {
    var elements = new Elements();
    elements.entries("", unit.entries());
    return elements.found;
  }

  private void entries(String path, List<Entry> entries) {
    entries.forEach(each -> entry(path, each));
  }

  private void entry(String path, Entry entry) {
    switch (entry) {
      case Entry.Resource resource -> {
        String kind = add(path, resource.kind().name(), entry.span());
        entries(kind, resource.body());
      }
      case Entry.TypeDecl type -> add(path, "TYPE", entry.span());
      case Entry.Param param -> add(path, "PARAM", entry.span());
      case Entry.Import imported -> add(path, "IMPORT", entry.span());
      case Entry.Assertion assertion -> add(path, "ASSERTION", entry.span());
      case Entry.Stub stub -> entries(add(path, "STUB", entry.span()), stub.block().entries());
      case Entry.ForEach each -> entries(add(path, "EACH", entry.span()), each.block().entries());
      case Entry.Section section ->
          entries(add(path, "SECTION", entry.span()), section.block().entries());
      case Entry.Setting setting -> {
        String kind = add(path, "SETTING", entry.span());
        if (setting.value() instanceof Expr.MapOf map) {
          entries(kind, map.block().entries());
        }
      }
      case Entry.Graph graph -> {
        String kind = add(path, "GRAPH", entry.span());
        if (graph.settings() != null) {
          entries(kind, graph.settings().entries());
        }
        for (Entry.Step step : graph.steps()) {
          flow(add(kind, "STEP", step.span()), step.flow());
        }
      }
    }
  }

  private void flow(String path, Flow flow) {
    for (Flow.Stage stage : flow.stages()) {
      switch (stage.node()) {
        case Flow.Node.Term term -> {}
        case Flow.Node.Switch node -> branches(path, node.branches());
        case Flow.Node.Split node -> branches(path, node.branches());
        case Flow.Node.All node -> members(path, node.members());
      }
    }
  }

  private void branches(String path, List<Flow.Branch> branches) {
    for (Flow.Branch branch : branches) {
      String kind = add(path, "BRANCH", branch.span());
      switch (branch) {
        case Flow.Branch.Case one -> flow(kind, one.flow());
        case Flow.Branch.Each each -> branches(kind, each.branches());
      }
    }
  }

  private void members(String path, List<Flow.Member> members) {
    for (Flow.Member member : members) {
      String kind = add(path, "MEMBER", member.span());
      switch (member) {
        case Flow.Member.One one -> flow(kind, one.flow());
        case Flow.Member.Each each -> members(kind, each.members());
      }
    }
  }

  private String add(String path, String kind, Span span) {
    String inner = path + "/";
    found.add(new Element(inner + kind + " " + span.text().replaceAll("\\s+", ""), span));
    return inner;
  }
}
