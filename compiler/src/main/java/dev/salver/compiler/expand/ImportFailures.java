package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;

/** What is said about an import that brings nothing. */
final class ImportFailures {
  private ImportFailures() {}

  static Diagnostic of(Entry.Import it, Imports.Answer answer) {
    Span at = it.source().span();
    String source = "`" + it.source() + "`";
    return switch (answer) {
      case Imports.Answer.NotFound none -> {
        var diagnostic = Diagnostic.of(Code.SV7001, at, "there is no project at " + source);
        yield none.nearest()
            .map(near -> diagnostic.fixedBy(Fix.replace(at, "\"" + near + "\"")))
            .orElse(diagnostic);
      }
      case Imports.Answer.NotLocked none ->
          Diagnostic.of(Code.SV7002, at, source + " is not in `serve.lock`; `salver lock` pins it");
      case Imports.Answer.NotFetched none ->
          Diagnostic.of(
              Code.SV7003, at, source + " is pinned, but not on this machine; run `salver lock`");
      case Imports.Answer.Changed none ->
          Diagnostic.of(
              Code.SV7003, at, "the sources of " + source + " are not those that are pinned");
      case Imports.Answer.Refused refused ->
          Diagnostic.of(Code.SV7007, at, source + " can't be imported: " + refused.reason());
      case Imports.Answer.Found found -> throw new IllegalArgumentException(found.at());
    };
  }
}
