package dev.salver.compiler.lint;

import dev.salver.compiler.syntax.Block;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.TypeRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every word that stands where a name may be used. A word counts for all kinds of names, so that
 * nothing is called unused that might be used.
 */
public final class Uses {
  private final Set<String> words = new HashSet<>();
  private final Set<String> types = new HashSet<>();
  private final Set<String> runtimes = new HashSet<>();

  private Uses() {}

  static Uses of(List<SourceUnit> units) {
    var uses = new Uses();
    units.forEach(unit -> uses.entries(unit.entries()));
    return uses;
  }

  /** Of what stands between braces. */
  static Uses of(Block block) {
    var uses = new Uses();
    uses.block(block);
    return uses;
  }

  /** Of a graph, its signature and its parameters' types included. */
  static Uses of(Entry.Graph graph) {
    var uses = new Uses();
    uses.graph(graph);
    return uses;
  }

  static Uses ofBranches(List<Flow.Branch> branches) {
    var uses = new Uses();
    branches.forEach(uses::branch);
    return uses;
  }

  static Uses ofMembers(List<Flow.Member> members) {
    var uses = new Uses();
    members.forEach(uses::member);
    return uses;
  }

  /** Whether a word is used in an expression, a flow or a header. */
  boolean word(String name) {
    return words.contains(name);
  }

  /** Whether {@code on} names a runtime. */
  boolean runtime(String name) {
    return runtimes.contains(name);
  }

  /** Whether a type is named anywhere. */
  boolean type(String name) {
    return types.contains(name);
  }

  private void entries(List<Entry> entries) {
    entries.forEach(this::entry);
  }

  private void entry(Entry entry) {
    switch (entry) {
      case Entry.Resource resource -> {
        expr(resource.index());
        type(resource.type());
        if (resource.on() != null) {
          runtimes.add(resource.on().text());
          dotted(resource.on().text());
        }
        expr(resource.from());
        if (resource.parent() != null) {
          dotted(resource.parent().text());
        }
        expr(resource.where());
        block(resource.block());
      }
      case Entry.TypeDecl declared -> type(declared.type());
      case Entry.Param param -> {
        type(param.type());
        expr(param.options());
        expr(param.value());
      }
      case Entry.Graph graph -> graph(graph);
      case Entry.ForEach each -> {
        expr(each.list());
        block(each.block());
      }
      case Entry.Setting setting -> expr(setting.value());
      case Entry.Section section -> block(section.block());
      case Entry.Assertion assertion -> {
        expr(assertion.expr());
        expr(assertion.otherwise());
      }
      case Entry.Stub stub -> {
        words.add(stub.name().text());
        block(stub.block());
      }
      case Entry.Import imported -> {}
    }
  }

  private void graph(Entry.Graph graph) {
    for (Entry.Parameter parameter : graph.parameters()) {
      type(parameter.type());
      expr(parameter.value());
    }
    type(graph.signature());
    block(graph.settings());
    graph.steps().forEach(step -> flow(step.flow()));
  }

  private void flow(Flow flow) {
    for (Flow.Stage stage : flow.stages()) {
      switch (stage.node()) {
        case Flow.Node.Term term -> expr(term.expr());
        case Flow.Node.Switch node -> node.branches().forEach(this::branch);
        case Flow.Node.Split node -> node.branches().forEach(this::branch);
        case Flow.Node.All all -> {
          all.members().forEach(this::member);
          expr(all.reducer());
        }
      }
      for (Flow.Modifier modifier : stage.modifiers()) {
        switch (modifier) {
          case Flow.Modifier.Within within -> expr(within.duration());
          case Flow.Modifier.Retry retry -> expr(retry.times());
          case Flow.Modifier.Or or -> expr(or.call());
          case Flow.Modifier.Shadow shadow -> {
            expr(shadow.call());
            expr(shadow.share());
          }
          case Flow.Modifier.As as -> {}
        }
      }
    }
  }

  private void branch(Flow.Branch branch) {
    switch (branch) {
      case Flow.Branch.Case one -> {
        expr(one.guard());
        flow(one.flow());
      }
      case Flow.Branch.Each each -> {
        expr(each.list());
        each.branches().forEach(this::branch);
      }
    }
  }

  private void member(Flow.Member member) {
    switch (member) {
      case Flow.Member.One one -> flow(one.flow());
      case Flow.Member.Each each -> {
        expr(each.list());
        each.members().forEach(this::member);
      }
    }
  }

  private void block(@Nullable Block block) {
    if (block != null) {
      entries(block.entries());
    }
  }

  private void expr(@Nullable Expr expr) {
    switch (expr) {
      case null -> {}
      case Expr.Word word -> {
        words.add(word.text());
        types.add(word.text());
      }
      case Expr.MapOf map -> block(map.block());
      default -> {
        if (expr instanceof Expr.Member member) {
          words.add(member.name().text());
        }
        expr.operands().forEach(this::expr);
      }
    }
  }

  private void type(@Nullable TypeRef type) {
    switch (type) {
      case null -> {}
      case TypeRef.Named named -> {
        dotted(named.name().text());
        types.add(named.name().text());
        named.dims().forEach(dim -> words.add(dim.text()));
      }
      case TypeRef.RecordOf fields -> fields.fields().forEach(field -> type(field.type()));
      case TypeRef.ListOf list -> type(list.item());
      case TypeRef.Function function -> {
        function.inputs().forEach(field -> type(field.type()));
        type(function.output());
      }
      case TypeRef.Missing missing -> {}
    }
  }

  private void dotted(String name) {
    words.addAll(List.of(name.split("\\.")));
  }
}
