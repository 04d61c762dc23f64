package dev.salver.compiler.lint;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** A line of {@code serve.lock} that pins what nothing uses any more. */
final class StalePin implements Rule {
  @Override
  public void check(Subject program, Consumer<Diagnostic> findings) {
    Subject.Pinned pinned = program.pinned();
    Set<String> imported = imported(program);
    pinned
        .places()
        .forEach(
            (source, line) -> {
              boolean isImport = program.lock().imports().containsKey(source);
              // What an import imports is pinned too, and only that import knows whether it is
              // used.
              boolean used = isImport ? !imported.isEmpty() : pinned.used().contains(source);
              if (!used) {
                findings.accept(finding(source, line));
              }
            });
  }

  private static Set<String> imported(Subject program) {
    var sources = new HashSet<String>();
    for (var unit : program.units()) {
      for (Entry entry : unit.entries()) {
        if (entry instanceof Entry.Import each && !each.source().text().startsWith("salver:")) {
          sources.add(each.source().text());
        }
      }
    }
    return sources;
  }

  private static Diagnostic finding(String source, Span line) {
    String text = line.file().text();
    int end = text.indexOf('\n', line.end()) + 1;
    var whole = new Span(line.file(), line.start(), end == 0 ? text.length() : end);
    return Diagnostic.of(
            Code.SV4038, line, "no model and no import is from `" + source + "` any more")
        .fixedBy(Fix.delete("drop this pin", whole));
  }
}
