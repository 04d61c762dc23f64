package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.HashMap;
import java.util.function.Consumer;

/** Two models that serve the same artifact the same way. Those of one loop are written once. */
final class TwinModels implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var first = new HashMap<String, Resource>();
    for (Resource model : program.declarations().models().values()) {
      Expr from = model.from();
      if (from == null) {
        continue;
      }
      String on = model.on() == null ? "" : model.on().text();
      String body = model.block() == null ? "" : model.block().span().text();
      String same = from.span().text() + "\n" + on + "\n" + body.replaceAll("\\s+", "");
      Resource other = first.putIfAbsent(same, model);
      boolean siblings = other != null && other.name().span().equals(model.name().span());
      if (other != null && !siblings) {
        findings.accept(
            Diagnostic.of(
                    Code.SV4025,
                    model.name().span(),
                    "`"
                        + model.name()
                        + "` serves what `"
                        + other.name()
                        + "` serves, in the same way")
                .relating(other.name().span(), "`" + other.name() + "` is declared here"));
      }
    }
  }
}
