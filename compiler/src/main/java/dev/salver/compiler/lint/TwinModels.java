package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.syntax.Entry.Resource;
import dev.salver.compiler.syntax.Expr;
import java.util.HashMap;
import java.util.Optional;
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
        var diagnostic =
            Diagnostic.of(
                    Code.SV4025,
                    model.name().span(),
                    "`"
                        + model.name()
                        + "` serves what `"
                        + other.name()
                        + "` serves, in the same way")
                .relating(other.name().span(), "`" + other.name() + "` is declared here");
        findings.accept(removal(model, program).map(diagnostic::fixedBy).orElse(diagnostic));
      }
    }
  }

  /** Of the later one, where nothing in the program speaks of it. */
  private static Optional<Fix> removal(Resource model, Subject program) {
    String name = model.name().text();
    boolean spoken =
        program.uses().word(name)
            || program.declarations().environments().values().stream()
                .flatMap(each -> each.body().stream())
                .anyMatch(
                    each -> each instanceof Resource patch && patch.name().text().equals(name));
    return spoken
        ? Optional.empty()
        : program
            .statements()
            .removal("remove the model `" + name + "`", model.name().span())
            .map(Fix::suggested);
  }
}
