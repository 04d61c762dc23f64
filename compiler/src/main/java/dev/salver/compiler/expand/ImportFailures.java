package dev.salver.compiler.expand;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Imports;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Entry;
import dev.salver.compiler.syntax.Name;
import java.util.ArrayList;

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

  /**
   * A name of the imported project that stays there.
   *
   * @param isService whether it can be called over there
   */
  static Diagnostic stays(Entry.Import it, Name name, String reason, boolean isService) {
    var diagnostic =
        Diagnostic.of(Code.SV7004, name.span(), "`" + name + "` can't be imported: " + reason);
    return isService ? diagnostic.fixedBy(call(it, name).suggested()) : diagnostic;
  }

  /** A model that calls what the other project serves, at the end of the file. */
  private static Fix call(Entry.Import it, Name name) {
    SourceFile file = it.span().file();
    String text = file.text();
    String model = "model " + name + " from \"service:" + name + "\"";
    var end = new Span(file, text.length(), text.length());
    var item = it.names().size() == 1 ? it.span() : name.span();
    var edits = new ArrayList<>(Fix.remove("", item).edits());
    edits.add(new Edit(end, (text.endsWith("\n") ? "\n" : "\n\n") + model + "\n"));
    return new Fix("declare `" + model + "`", edits);
  }
}
