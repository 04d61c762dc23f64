package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Flow;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.List;
import java.util.function.Consumer;

/** A {@code for each} that makes the same of each item. */
final class UnusedLoopVariable implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (SourceUnit unit : program.units()) {
      entries(unit.entries(), findings);
    }
  }

  private static void entries(List<Entry> entries, Consumer<Diagnostic> findings) {
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.ForEach each -> {
          used(each.name(), Uses.of(each.block()), findings);
          entries(each.block().entries(), findings);
        }
        case Entry.Graph graph -> graph.steps().forEach(step -> flow(step.flow(), findings));
        default -> {}
      }
    }
  }

  private static void flow(Flow flow, Consumer<Diagnostic> findings) {
    for (Flow.Stage stage : flow.stages()) {
      switch (stage.node()) {
        case Flow.Node.Switch node -> branches(node.branches(), findings);
        case Flow.Node.Split node -> branches(node.branches(), findings);
        case Flow.Node.All node -> members(node.members(), findings);
        case Flow.Node.Term term -> {}
      }
    }
  }

  private static void branches(List<Flow.Branch> branches, Consumer<Diagnostic> findings) {
    for (Flow.Branch branch : branches) {
      switch (branch) {
        case Flow.Branch.Case one -> flow(one.flow(), findings);
        case Flow.Branch.Each each -> {
          used(each.name(), Uses.ofBranches(each.branches()), findings);
          branches(each.branches(), findings);
        }
      }
    }
  }

  private static void members(List<Flow.Member> members, Consumer<Diagnostic> findings) {
    for (Flow.Member member : members) {
      switch (member) {
        case Flow.Member.One one -> flow(one.flow(), findings);
        case Flow.Member.Each each -> {
          used(each.name(), Uses.ofMembers(each.members()), findings);
          members(each.members(), findings);
        }
      }
    }
  }

  private static void used(Name variable, Uses inside, Consumer<Diagnostic> findings) {
    if (!inside.word(variable.text())) {
      findings.accept(
          Diagnostic.of(
              Code.SV4036,
              variable.span(),
              "nothing between the braces reads `" + variable + "`: each turn says the same"));
    }
  }
}
