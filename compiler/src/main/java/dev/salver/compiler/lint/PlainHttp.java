package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.Optional;
import java.util.function.Consumer;

/** A source over plain HTTP. */
final class PlainHttp implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Resource model : program.declarations().models().values()) {
      Expr from = model.from();
      Optional<String> source = from == null ? Optional.empty() : from.plainText();
      if (from != null && source.filter(PlainHttp::isPlain).isPresent()) {
        Span scheme =
            new Span(from.span().file(), from.span().start() + 1, from.span().start() + 5);
        findings.accept(
            Diagnostic.of(
                    Code.SV4017,
                    from.span(),
                    "whoever is on the way can exchange a model over `http:`")
                .fixedBy(Fix.replace(scheme, "https")));
      }
    }
  }

  private static boolean isPlain(String source) {
    return source.startsWith("http://")
        && !source.startsWith("http://127.")
        && !source.startsWith("http://localhost");
  }
}
