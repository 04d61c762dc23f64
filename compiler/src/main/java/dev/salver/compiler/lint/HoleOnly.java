package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import java.util.List;
import java.util.function.Consumer;

/** A string that is one expression and nothing else. */
final class HoleOnly implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    program.units().forEach(unit -> entries(unit.entries(), findings));
  }

  private static void entries(List<Entry> entries, Consumer<Diagnostic> findings) {
    for (Entry entry : entries) {
      switch (entry) {
        case Entry.Setting setting -> expr(setting.value(), findings);
        case Entry.Section section -> entries(section.block().entries(), findings);
        case Entry.ForEach each -> entries(each.block().entries(), findings);
        case Entry.Resource resource -> entries(resource.body(), findings);
        default -> {}
      }
    }
  }

  private static void expr(Expr expr, Consumer<Diagnostic> findings) {
    if (expr instanceof Expr.Text text
        && text.parts().size() == 1
        && text.parts().getFirst() instanceof Expr.Part.Hole(Expr.Word hole)) {
      findings.accept(
          Diagnostic.of(
                  Code.SV4030,
                  text.span(),
                  "this is `" + hole.text() + "` in quotes and nothing more")
              .fixedBy(Fix.replace(text.span(), hole.text())));
    }
  }
}
