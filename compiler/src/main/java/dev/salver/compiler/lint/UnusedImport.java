package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Name;
import dev.salver.compiler.syntax.SourceUnit;
import java.util.function.Consumer;

/** An import that nothing uses. */
final class UnusedImport implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    for (SourceUnit unit : program.units()) {
      for (Entry entry : unit.entries()) {
        if (entry instanceof Entry.Import imported) {
          imported.names().stream()
              .filter(name -> !program.uses().word(name.text()))
              .forEach(name -> findings.accept(finding(imported, name, program)));
        }
      }
    }
  }

  private static Diagnostic finding(Entry.Import imported, Name name, Subject program) {
    var diagnostic =
        Diagnostic.of(
            Code.SV4009, name.span(), "nothing uses `" + name + "`, which is imported here");
    if (imported.names().size() > 1) {
      return diagnostic.fixedBy(Fix.remove("import `" + name + "` no more", name.span()));
    }
    return program
        .statements()
        .removal("remove the import", imported.source().span())
        .map(diagnostic::fixedBy)
        .orElse(diagnostic);
  }
}
