package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.diagnostic.Spelling;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** Unrolls {@code for each}: the one in {@code switch}, {@code split} and {@code all} too. */
class Loops extends Rewriter {
  final Constants constants;
  final Diagnostics diagnostics;
  private final Budget budget;
  private final Map<String, Span> names;

  /** The loops around what is looked at, the innermost last. */
  private final Map<String, Span> around = new HashMap<>();

  /**
   * @param names params and secrets, which no loop variable may hide
   */
  Loops(Constants constants, Map<String, Span> names, Budget budget, Diagnostics diagnostics) {
    this.constants = constants;
    this.names = names;
    this.budget = budget;
    this.diagnostics = diagnostics;
  }

  @Override
  List<Flow.Branch> branches(List<Flow.Branch> branches) {
    if (branches.stream().noneMatch(Flow.Branch.Each.class::isInstance)) {
      return super.branches(branches);
    }
    var unrolled = new ArrayList<Flow.Branch>();
    for (Flow.Branch branch : branches) {
      if (branch instanceof Flow.Branch.Each each) {
        unrolled.addAll(
            unroll(
                each.name(),
                each.list(),
                each.branches().size(),
                each.span(),
                all -> all.branches(each.branches()),
                (turn, ignored) -> branches(turn.branches(each.branches()))));
      } else {
        unrolled.addAll(super.branches(List.of(branch)));
      }
    }
    return unrolled;
  }

  @Override
  List<Flow.Member> members(List<Flow.Member> members) {
    if (members.stream().noneMatch(Flow.Member.Each.class::isInstance)) {
      return super.members(members);
    }
    var unrolled = new ArrayList<Flow.Member>();
    for (Flow.Member member : members) {
      if (member instanceof Flow.Member.Each each) {
        unrolled.addAll(
            unroll(
                each.name(),
                each.list(),
                each.members().size(),
                each.span(),
                all -> all.members(each.members()),
                (turn, ignored) -> members(turn.members(each.members()))));
      } else {
        unrolled.addAll(super.members(List.of(member)));
      }
    }
    return unrolled;
  }

  /**
   * @param size how many things one turn makes
   * @param inside takes a rewriter through all that the loop repeats
   * @param turn what one turn makes, its variable put in
   */
  final <T> List<T> unroll(
      Name variable,
      Expr list,
      long size,
      Span loop,
      Consumer<Rewriter> inside,
      BiFunction<Substitution, Expr, List<T>> turn) {
    if (variable.text().isEmpty()) {
      return List.of();
    }
    notHiding(variable, loop, inside);
    var made = new ArrayList<T>();
    around.put(variable.text(), variable.span());
    for (Expr item : constants.items(list)) {
      if (!budget.take(size, loop)) {
        break;
      }
      made.addAll(
          turn.apply(new Substitution(Map.of(variable.text(), item), diagnostics::add), item));
    }
    around.remove(variable.text());
    return made;
  }

  /** One that hides another name is told, and holds all the same. */
  private void notHiding(Name variable, Span loop, Consumer<Rewriter> inside) {
    Span outer = around.getOrDefault(variable.text(), names.get(variable.text()));
    if (outer != null) {
      String name = variable.text();
      var places = Mentions.of(name, inside);
      places.add(variable.span());
      diagnostics.add(
          Diagnostic.of(
                  Code.SV1008,
                  variable.span(),
                  "`" + variable + "` already has a meaning here, a loop can't give it another")
              .relating(outer, "it is declared here")
              .fixedBy(Fix.rename(Spelling.free(name, loop.text()::contains), places)));
    }
  }
}
