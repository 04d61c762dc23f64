package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Diagnostics;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.overlay.Leaves;
import dev.salver.compiler.overlay.Path;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Expr;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A param with one option. */
final class OneOption implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (Entry.Param param : program.declarations().params().values()) {
      if (param.options() instanceof Expr.ListOf list
          && list.items().size() == 1
          && program.isOwn(param.name())) {
        var diagnostic =
            Diagnostic.of(
                Code.SV4032, list.span(), "`" + param.name() + "` can have one value only");
        findings.accept(
            list.items()
                .getFirst()
                .plainText()
                .flatMap(value -> inlined(param, value, program))
                .map(diagnostic::fixedBy)
                .orElse(diagnostic));
      }
    }
  }

  /** The value where the param is used, and no param; empty where environments set it. */
  private static Optional<Fix> inlined(Entry.Param param, String value, Subject program) {
    String name = param.name().text();
    boolean set =
        program.declarations().environments().values().stream()
            .flatMap(each -> Leaves.of(each, new Diagnostics()).stream())
            .anyMatch(leaf -> leaf.path().equals(Path.of("params", name)));
    if (set) {
      return Optional.empty();
    }
    var edits = new ArrayList<Edit>();
    for (SourceUnit unit : program.units()) {
      Span all = new Span(unit.file(), 0, unit.file().text().length());
      boolean here = unit.file() == param.span().file();
      var parts =
          here
              ? List.of(
                  new Span(unit.file(), 0, param.span().start()),
                  new Span(unit.file(), param.span().end(), all.end()))
              : List.of(all);
      for (Span part : parts) {
        var found = Inlining.of(name, value, Set.of(), unit, part);
        if (found.isEmpty()) {
          return Optional.empty();
        }
        edits.addAll(found.get());
      }
    }
    edits.addAll(Fix.remove("", param.span()).edits());
    return Optional.of(new Fix("write `" + value + "` where `" + name + "` is used", edits, false));
  }
}
