package dev.salver.compiler.graph;

import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What can be taken out of a graph; nothing where a remark would go with it. */
final class Trims {
  private static final String UNREACHED = "remove what nothing reaches";

  private Trims() {}

  /** The statements from one on. */
  static Optional<Fix> statements(List<Entry.Step> statements, int from) {
    return plain(statements.get(from).span().to(statements.getLast().span()))
        .map(span -> Fix.remove(UNREACHED, span).suggested());
  }

  /** The stages of a flow from one on, which is not the first. */
  static Optional<Fix> stages(Flow flow, int from) {
    Span before = flow.stages().get(from - 1).span();
    return plain(new Span(before.file(), before.end(), flow.span().end()))
        .map(span -> Fix.delete(UNREACHED, span).suggested());
  }

  /** The branches of a switch from one on. */
  static Optional<Fix> branches(Flow.Node.Switch node, Flow.Branch.Case from) {
    return isWritten(node)
        ? plain(from.span().to(node.branches().getLast().span()))
            .map(span -> Fix.remove(UNREACHED, span).suggested())
        : Optional.empty();
  }

  static Optional<Fix> branch(Flow.Node.Switch node, Flow.Branch.Case branch) {
    return isWritten(node)
        ? plain(branch.span()).map(span -> Fix.remove("remove the branch", span).suggested())
        : Optional.empty();
  }

  /** Whether each branch has a text of its own, and none comes of a loop. */
  private static boolean isWritten(Flow.Node.Switch node) {
    int end = node.span().start();
    for (Flow.Branch each : node.branches()) {
      if (each instanceof Flow.Branch.Each || each.span().start() < end) {
        return false;
      }
      end = each.span().end();
    }
    return true;
  }

  /** A step whose value nobody takes: its statement, or its place in a flow. */
  static Optional<Fix> step(List<Entry.Step> statements, Span step) {
    for (Entry.Step statement : statements) {
      List<Flow.Stage> stages = statement.flow().stages();
      if (stages.size() == 1 && stages.getFirst().node().span().equals(step)) {
        return plain(statement.span()).map(span -> Fix.remove("remove it", span).suggested());
      }
      Optional<Fix> stage = stage(statement.flow(), step);
      if (stage.isPresent()) {
        return stage;
      }
    }
    return Optional.empty();
  }

  /** A stage that another one follows. */
  static Optional<Fix> stage(Flow flow, Span step) {
    for (int i = 0; i + 1 < flow.stages().size(); i++) {
      Span at = flow.stages().get(i).span();
      if (flow.stages().get(i).node().span().equals(step)) {
        Span next = flow.stages().get(i + 1).span();
        return plain(new Span(at.file(), at.start(), next.start()))
            .map(span -> Fix.delete("remove it", span).suggested());
      }
    }
    return Optional.empty();
  }

  /** All that is said of a stage but its name. */
  static Fix modifiers(Flow.Stage stage) {
    var edits = new ArrayList<Edit>();
    for (Flow.Modifier each : stage.modifiers()) {
      if (!(each instanceof Flow.Modifier.As)) {
        edits.add(new Edit(withGap(stage, each), ""));
      }
    }
    return new Fix("remove what has no effect", edits).suggested();
  }

  static Fix modifier(Flow.Stage stage, Flow.Modifier modifier) {
    return Fix.delete("remove it", withGap(stage, modifier)).suggested();
  }

  /** A modifier with the space before it. */
  private static Span withGap(Flow.Stage stage, Flow.Modifier modifier) {
    Span span = modifier.span();
    int start = span.start();
    while (start > stage.span().start()
        && Character.isWhitespace(span.file().text().charAt(start - 1))) {
      start--;
    }
    return new Span(span.file(), start, span.end());
  }

  private static Optional<Span> plain(Span span) {
    String text = span.text();
    boolean remarks = text.contains("//") || text.contains("/*");
    return remarks ? Optional.empty() : Optional.of(span);
  }
}
