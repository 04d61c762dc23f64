package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** A source whose name says that it moves. */
final class MutableSource implements Rule {
  private static final Pattern MOVES =
      Pattern.compile("(^|[/:@_-])(latest|current|main|master)([/._-]|$)");

  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Resource model : program.declarations().models().values()) {
      Expr from = model.from();
      if (from != null && from.plainText().filter(text -> MOVES.matcher(text).find()).isPresent()) {
        findings.accept(
            Diagnostic.of(
                Code.SV4016,
                from.span(),
                "the source names no version: another model may lie there tomorrow"));
      }
    }
  }
}
