package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.graph.Flows.Bodied;
import dev.salver.compiler.graph.Step.Reducer;
import dev.salver.compiler.graph.Step.Reduction;
import dev.salver.compiler.graph.Step.Work;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.type.Fit;
import dev.salver.compiler.type.Type;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code all}: every branch runs; a reducer makes one value of theirs, or they are a record. */
final class Joins {
  private final Draft draft;
  private final Flows flows;

  Joins(Draft draft, Flows flows) {
    this.draft = draft;
    this.flows = flows;
  }

  Made made(Flow.Node.All node, Flowing incoming, Place place) {
    var branches = new ArrayList<Step.Branch>();
    var bodies = new ArrayList<Bodied>();
    var written = new ArrayList<Span>();
    var names = new HashMap<String, Span>();
    boolean ends = false;
    boolean open = false;
    int told = draft.reported();
    Optional<Reducer> reducer =
        node.reducer() == null ? Optional.empty() : Reducers.read(node.reducer(), draft);
    boolean named = node.reducer() == null;
    for (Loops.Turn<Flow.Member.One> turn : Loops.members(node.members(), place)) {
      int before = draft.reported();
      Bodied body = flows.branch(turn.branch().flow(), incoming, turn.place().inner());
      open |= turn.isOpen();
      ends |= body.last().ends();
      String name = name(body, turn.branch(), names, named && before == draft.reported());
      branches.add(new Step.Branch(name, body.body()));
      bodies.add(body);
      written.add(turn.branch().flow().span());
    }
    draft.use(incoming);
    if (branches.isEmpty()) {
      Span span = node.span();
      draft.report(
          Code.SV2124,
          new Span(span.file(), span.start(), Math.min(span.end(), span.start() + 3)),
          "this `all` has no branches");
    }
    Type type;
    if (named && (open || draft.reported() != told)) {
      type = new Type.Unknown();
    } else if (named) {
      type = record(branches, bodies);
    } else {
      type = reducer.map(each -> reduced(each, node, bodies, written)).orElse(new Type.Unknown());
    }
    return Made.choice(new Work.All(branches, reducer), type, "all", node.span(), ends);
  }

  /** A branch is named after its last step; in a record of them no two are alike. */
  private String name(
      Bodied body, Flow.Member.One branch, Map<String, Span> names, boolean matters) {
    String own = body.last().name();
    String name = own == null ? "branch-" + (names.size() + 1) : own;
    Span earlier = names.putIfAbsent(name, branch.span());
    boolean failing = body.last().ends();
    if (matters && own == null && !failing) {
      draft.report(
          Code.SV2124,
          branch.span(),
          "the value of `all` is a record of its branches, and this one has no name: add `as`");
    } else if (matters && earlier != null && !failing) {
      Span end = branch.flow().stages().getLast().span();
      String other = name + "-2";
      draft.report(
          Diagnostic.of(
                  Code.SV2124,
                  branch.span(),
                  "two branches of this `all` are called `" + name + "`")
              .relating(earlier, "the other is this")
              .fixedBy(
                  Fix.insert("add ` as " + other + "`", end.file(), end.end(), " as " + other)));
    }
    if (earlier != null) {
      String free = name + "-" + (names.size() + 1);
      names.putIfAbsent(free, branch.span());
      return free;
    }
    return name;
  }

  private static Type record(List<Step.Branch> branches, List<Bodied> bodies) {
    var fields = new LinkedHashMap<String, Type>();
    for (int i = 0; i < branches.size(); i++) {
      fields.put(branches.get(i).name(), bodies.get(i).type());
    }
    return new Type.Fields(fields);
  }

  private Type reduced(
      Reducer reducer, Flow.Node.All node, List<Bodied> bodies, List<Span> written) {
    Type common = null;
    Span first = node.span();
    int told = draft.reported();
    for (Bodied body : bodies) {
      if (body.last().ends()) {
        continue;
      }
      Type part = Reducers.part(reducer, body, node, draft);
      if (common == null) {
        common = part;
        first = body.last().span();
      } else if (Fit.common(common, part) instanceof Fit.Common.Found found) {
        common = found.type();
      } else {
        var diagnostic = unlike(reducer, body, part, common, first);
        boolean whole = !(body.type() instanceof Type.Fields all) || all.fields().size() == 1;
        draft.report(
            Casts.like(written.get(bodies.indexOf(body)), part, common)
                .filter(cast -> whole)
                .map(diagnostic::fixedBy)
                .orElse(diagnostic));
        return new Type.Unknown();
      }
    }
    if (common == null
        || draft.reported() != told
        || !Reducers.check(reducer, common, node, draft)) {
      return new Type.Unknown();
    }
    @Nullable String field = reducer.field().orElse(null);
    if (field == null
        || (reducer.reduction() == Reduction.FIRST && common instanceof Type.Fields)) {
      return common;
    }
    var fields = new LinkedHashMap<String, Type>();
    fields.put(field, common);
    return new Type.Fields(fields);
  }

  private static Diagnostic unlike(
      Reducer reducer, Bodied body, Type part, Type common, Span first) {
    String reason = Fit.common(common, part) instanceof Fit.Common.Nothing(String why) ? why : "";
    return Diagnostic.of(
            Code.SV2109,
            body.last().span(),
            "`"
                + Reducers.word(reducer.reduction())
                + "` takes values of one type, but here is `"
                + Flowing.brief(part)
                + "`, and another branch gives `"
                + Flowing.brief(common)
                + "`")
        .labelled(reason)
        .relating(first, "the other branch is this");
  }
}
