package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Entry.Resource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A `final` that nothing comes after. */
final class LastWordFinal implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    var parents = new HashSet<String>();
    for (Resource each : program.declarations().environments().values()) {
      if (each.parent() != null) {
        parents.add(each.parent().text());
      }
    }
    for (Resource each : program.declarations().environments().values()) {
      if (!parents.contains(each.name().text())) {
        for (Entry entry : each.body()) {
          if (entry instanceof Resource patch && !patch.isSelector()) {
            finals(patch.body(), each, findings);
          }
        }
      }
    }
  }

  private static void finals(
      List<Entry> body, Resource environment, Consumer<Diagnostic> findings) {
    for (Entry entry : body) {
      if (entry instanceof Entry.Setting setting && setting.isFinal()) {
        Span key = setting.path().getFirst().span();
        Optional<Span> word = word(setting.span(), key);
        var diagnostic =
            Diagnostic.of(
                Code.SV4020,
                key,
                "`final` has no effect: nothing extends `" + environment.name() + "`");
        findings.accept(
            word.map(span -> diagnostic.fixedBy(Fix.delete("remove `final`", span)))
                .orElse(diagnostic));
      }
    }
  }

  /** The word with the blank behind it. */
  private static Optional<Span> word(Span statement, Span key) {
    return statement.start() < key.start()
        ? Optional.of(new Span(key.file(), statement.start(), key.start()))
        : Optional.empty();
  }
}
