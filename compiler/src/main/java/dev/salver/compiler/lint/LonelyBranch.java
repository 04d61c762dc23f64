package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Flow;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A `split` or `all` of one branch, a `switch` of `else` alone. */
final class LonelyBranch implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Entry.Graph graph : program.declarations().graphs().values()) {
      if (program.isOwn(graph.name())) {
        graph.steps().forEach(step -> flow(step.flow(), findings));
      }
    }
  }

  private static void flow(Flow flow, Consumer<Diagnostic> findings) {
    for (Flow.Stage stage : flow.stages()) {
      switch (stage.node()) {
        case Flow.Node.Switch node -> branches("switch", node.branches(), stage, findings);
        case Flow.Node.Split node -> branches("split", node.branches(), stage, findings);
        case Flow.Node.All all -> members(all, findings);
        case Flow.Node.Term term -> {}
      }
    }
  }

  private static void branches(
      String word, List<Flow.Branch> branches, Flow.Stage stage, Consumer<Diagnostic> findings) {
    if (branches.size() == 1 && branches.getFirst() instanceof Flow.Branch.Case one) {
      var diagnostic = alone(word, stage.node().span());
      findings.accept(taken(stage, one.flow()).map(diagnostic::fixedBy).orElse(diagnostic));
    }
    for (Flow.Branch branch : branches) {
      if (branch instanceof Flow.Branch.Case one) {
        flow(one.flow(), findings);
      }
    }
  }

  private static void members(Flow.Node.All all, Consumer<Diagnostic> findings) {
    if (all.members().size() == 1
        && all.reducer() != null
        && all.members().getFirst() instanceof Flow.Member.One) {
      findings.accept(alone("all", all.span()));
    }
    for (Flow.Member member : all.members()) {
      if (member instanceof Flow.Member.One one) {
        flow(one.flow(), findings);
      }
    }
  }

  private static Diagnostic alone(String word, Span span) {
    Span keyword = new Span(span.file(), span.start(), span.start() + word.length());
    return Diagnostic.of(
        Code.SV4034, keyword, "`" + word + "` has one branch, which is always taken");
  }

  /** The branch without the choice; what is said behind the choice may be meant for all of it. */
  private static Optional<Fix> taken(Flow.Stage stage, Flow branch) {
    Span choice = stage.node().span();
    String text = choice.file().text();
    String around =
        text.substring(choice.start(), branch.span().start())
            + text.substring(branch.span().end(), choice.end());
    boolean plain = !around.contains("//") && !around.contains("/*");
    return stage.modifiers().isEmpty() && plain
        ? Optional.of(Fix.replace(choice, branch.span().text()))
        : Optional.empty();
  }
}
