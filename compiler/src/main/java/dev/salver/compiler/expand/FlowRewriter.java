package dev.salver.compiler.expand;

import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import java.util.List;

/** The same for flows. */
@SuppressWarnings("ReferenceEquality") // an object is a part as it was, or not
abstract class FlowRewriter extends ExprRewriter {
  final List<Entry.Step> steps(List<Entry.Step> steps) {
    return each(
        steps,
        step -> {
          Flow flow = flow(step.flow());
          return flow == step.flow() ? step : new Entry.Step(step.name(), flow, step.span());
        });
  }

  final Flow flow(Flow flow) {
    var stages = each(flow.stages(), this::stage);
    return stages == flow.stages() ? flow : new Flow(stages, flow.span());
  }

  private Flow.Stage stage(Flow.Stage stage) {
    Flow.Node node = node(stage.node());
    var modifiers = each(stage.modifiers(), this::modifier);
    return node == stage.node() && modifiers == stage.modifiers()
        ? stage
        : new Flow.Stage(node, modifiers, stage.span());
  }

  private Flow.Node node(Flow.Node node) {
    return switch (node) {
      case Flow.Node.Term term -> {
        Expr expr = expr(term.expr());
        yield expr == term.expr() ? term : new Flow.Node.Term(expr, term.span());
      }
      case Flow.Node.Switch choice -> {
        var branches = branches(choice.branches());
        yield branches == choice.branches()
            ? choice
            : new Flow.Node.Switch(branches, choice.span());
      }
      case Flow.Node.Split split -> {
        var branches = branches(split.branches());
        yield branches == split.branches() ? split : new Flow.Node.Split(branches, split.span());
      }
      case Flow.Node.All all -> {
        var members = members(all.members());
        Expr reducer = exprOrNull(all.reducer());
        yield members == all.members() && reducer == all.reducer()
            ? all
            : new Flow.Node.All(members, reducer, all.span());
      }
    };
  }

  List<Flow.Branch> branches(List<Flow.Branch> branches) {
    return each(branches, this::branch);
  }

  private Flow.Branch branch(Flow.Branch branch) {
    return switch (branch) {
      case Flow.Branch.Case one -> {
        Expr guard = exprOrNull(one.guard());
        Flow flow = flow(one.flow());
        yield guard == one.guard() && flow == one.flow()
            ? one
            : new Flow.Branch.Case(guard, flow, one.span());
      }
      case Flow.Branch.Each each -> {
        Expr list = expr(each.list());
        var branches = branches(each.branches());
        yield list == each.list() && branches == each.branches()
            ? each
            : new Flow.Branch.Each(each.name(), list, branches, each.span());
      }
    };
  }

  List<Flow.Member> members(List<Flow.Member> members) {
    return each(members, this::member);
  }

  private Flow.Member member(Flow.Member member) {
    return switch (member) {
      case Flow.Member.One one -> {
        Flow flow = flow(one.flow());
        yield flow == one.flow() ? one : new Flow.Member.One(flow, one.span());
      }
      case Flow.Member.Each each -> {
        Expr list = expr(each.list());
        var members = members(each.members());
        yield list == each.list() && members == each.members()
            ? each
            : new Flow.Member.Each(each.name(), list, members, each.span());
      }
    };
  }

  private Flow.Modifier modifier(Flow.Modifier modifier) {
    return switch (modifier) {
      case Flow.Modifier.Within within -> {
        Expr duration = expr(within.duration());
        yield duration == within.duration()
            ? within
            : new Flow.Modifier.Within(duration, within.span());
      }
      case Flow.Modifier.Retry retry -> {
        Expr times = expr(retry.times());
        yield times == retry.times() ? retry : new Flow.Modifier.Retry(times, retry.span());
      }
      case Flow.Modifier.Or or -> {
        Expr call = expr(or.call());
        yield call == or.call() ? or : new Flow.Modifier.Or(call, or.span());
      }
      case Flow.Modifier.Shadow shadow -> {
        Expr call = expr(shadow.call());
        Expr share = exprOrNull(shadow.share());
        yield call == shadow.call() && share == shadow.share()
            ? shadow
            : new Flow.Modifier.Shadow(call, share, shadow.span());
      }
      case Flow.Modifier.As as -> as;
    };
  }
}
