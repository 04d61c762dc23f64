package dev.salver.compiler.format;

import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.TypeRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Marks the items of braces within values, types and flows. Those of other brackets are seen in the
 * pieces themselves.
 */
final class ValueMarks {
  private final Marks marks;

  ValueMarks(Marks marks) {
    this.marks = marks;
  }

  void expr(@Nullable Expr expr) {
    switch (expr) {
      case null -> {}
      case Expr.MapOf map -> marks.block(map.block());
      case Expr.Text text -> {} // stays as it is, with what is in it
      case Expr.Binary binary -> operands(binary);
      default -> expr.operands().forEach(this::expr);
    }
  }

  /** A chain leans to the left and may be as long as the file. */
  private void operands(Expr.Binary last) {
    Expr left = last;
    while (left instanceof Expr.Binary binary) {
      expr(binary.right());
      left = binary.left();
    }
    expr(left);
  }

  void arguments(List<Expr.Argument> arguments) {
    arguments.forEach(each -> expr(each.value()));
  }

  void type(@Nullable TypeRef type) {
    switch (type) {
      case null -> {}
      case TypeRef.RecordOf rec -> fields(rec.fields());
      case TypeRef.ListOf list -> type(list.item());
      case TypeRef.Function function -> {
        fields(function.inputs());
        type(function.output());
      }
      case TypeRef.Named _, TypeRef.Missing _ -> {}
    }
  }

  private void fields(List<TypeRef.Field> fields) {
    for (TypeRef.Field field : fields) {
      marks.start(field.name().span());
      type(field.type());
    }
  }

  void flow(Flow flow) {
    for (Flow.Stage stage : flow.stages()) {
      switch (stage.node()) {
        case Flow.Node.Term(Expr expr, Span _) -> expr(expr);
        case Flow.Node.Switch(List<Flow.Branch> branches, Span _) -> branches(branches);
        case Flow.Node.Split(List<Flow.Branch> branches, Span _) -> branches(branches);
        case Flow.Node.All(List<Flow.Member> members, Expr reducer, Span _) -> {
          members(members);
          expr(reducer);
        }
      }
      stage.modifiers().forEach(this::modifier);
    }
  }

  private void modifier(Flow.Modifier modifier) {
    switch (modifier) {
      case Flow.Modifier.Within within -> expr(within.duration());
      case Flow.Modifier.Retry retry -> expr(retry.times());
      case Flow.Modifier.Or or -> expr(or.call());
      case Flow.Modifier.Shadow shadow -> {
        expr(shadow.call());
        expr(shadow.share());
      }
      case Flow.Modifier.As _ -> {}
    }
  }

  private void branches(List<Flow.Branch> branches) {
    for (Flow.Branch branch : branches) {
      marks.start(branch.span());
      switch (branch) {
        case Flow.Branch.Case one -> {
          int first = marks.from(branch.span().start());
          marks.column(marks.next("=>", first), first, "branch");
          expr(one.guard());
          flow(one.flow());
        }
        case Flow.Branch.Each each -> {
          expr(each.list());
          branches(each.branches());
        }
      }
    }
  }

  private void members(List<Flow.Member> members) {
    for (Flow.Member member : members) {
      marks.start(member.span());
      switch (member) {
        case Flow.Member.One one -> flow(one.flow());
        case Flow.Member.Each each -> {
          expr(each.list());
          members(each.members());
        }
      }
    }
  }
}
