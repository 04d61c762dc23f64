package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Docs;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A {@code ///} comment that documents no declaration. */
final class LooseComment implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (SourceUnit unit : program.units()) {
      var comment = new ArrayList<Span>();
      for (Span line : Docs.loose(unit)) {
        if (!comment.isEmpty() && !follows(comment.getLast(), line)) {
          findings.accept(finding(comment));
          comment.clear();
        }
        comment.add(line);
      }
      if (!comment.isEmpty()) {
        findings.accept(finding(comment));
      }
    }
  }

  private static boolean follows(Span line, Span next) {
    return next.from().line() == line.from().line() + 1;
  }

  private static Diagnostic finding(List<Span> lines) {
    var edits = new ArrayList<Edit>();
    for (Span line : lines) {
      edits.add(new Edit(new Span(line.file(), line.start(), line.start() + 1), ""));
    }
    return Diagnostic.of(
            Code.SV4035,
            lines.getFirst(),
            "no declaration follows that this comment would document")
        .fixedBy(new Fix("write `//`", edits));
  }
}
