package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Habit.Leaves;
import dev.salver.compiler.syntax.Surroundings.Scope;
import dev.salver.dsl.ServeLexer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How other languages take in what stands in other files. */
final class ImportHabits {
  private static final List<String> INCLUDES =
      List.of("include", "load", "require", "requires", "source", "use", "using");

  private final Surroundings around;

  ImportHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    if (around.scope(at) != Scope.TOP || !around.layout.startsLine(at)) {
      return null;
    }
    if (around.type(at) == ServeLexer.FROM) {
      return from(at);
    }
    if (around.type(at) == ServeLexer.IMPORT) {
      return imported(at);
    }
    boolean include = INCLUDES.contains(around.text(at));
    int source = around.type(at + 1) == ServeLexer.LPAREN ? at + 2 : at + 1;
    if (!include || around.type(source) != ServeLexer.STRING || !around.follows(source)) {
      return null;
    }
    int last = source == at + 2 ? around.partner(at + 1) : source;
    return last < source || around.follows(last + 1) ? null : include(at, source, last);
  }

  private Habit include(int at, int source, int last) {
    boolean own = around.text(source).endsWith(".serve\"");
    Span all = around.span(at, last);
    var diagnostic =
        own
            ? Diagnostic.of(
                    Code.SV0109,
                    all,
                    "all `.serve` files of a project are one program, so none is taken in by `"
                        + around.text(at)
                        + "`")
                .fixedBy(Fix.remove("remove it", all))
            : asked(all, around.text(source));
    return new Habit(last + 1, List.of(), diagnostic).leaving(own ? Leaves.NOTHING : Leaves.NAMES);
  }

  private static Diagnostic asked(Span span, String source) {
    String meant = "import " + name(source) + " from " + source;
    return Diagnostic.of(
            Code.SV0109,
            span,
            "another project is taken in by a name: `import NAME from " + source + "`")
        .fixedBy(new Fix("write `" + meant + "`", List.of(new Edit(span, meant))).suggested());
  }

  /** The last part of an address, as a name. */
  private static String name(String source) {
    String path = source.replaceAll("[\"]|@[^@/]*\"$|/+\"$", "");
    String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf(':')) + 1);
    String name = last.replaceAll("\\.[a-z]+$", "").replaceAll("[^A-Za-z0-9]+", "-");
    name = name.replaceAll("^[-0-9]+|-+$", "").toLowerCase(java.util.Locale.ROOT);
    return name.isEmpty() || Misspelt.keyword(name).isPresent() ? "other" : name;
  }

  /** {@code from "…" import a, b}. */
  private @Nullable Habit from(int at) {
    if (!TokenKinds.isKey(around.type(at + 1))) {
      return null;
    }
    int word = at + 1;
    while (around.follows(word) && around.type(word) != ServeLexer.IMPORT) {
      word++;
    }
    if (!around.follows(word) || !around.follows(word + 1)) {
      return null;
    }
    int end = around.layout.lineEnd(word);
    Span all = around.span(at, end - 1);
    String names = around.span(word + 1, end - 1).text().strip();
    boolean quoted = around.type(at + 1) == ServeLexer.STRING && word == at + 2;
    boolean plain = names.matches("[A-Za-z][A-Za-z0-9-]*( *, *[A-Za-z][A-Za-z0-9-]*)*");
    String source = quoted ? around.text(at + 1) : "\"…\"";
    String meant = "import { " + (plain ? names : "…") + " } from " + source;
    var diagnostic =
        Diagnostic.of(Code.SV0109, all, "what is imported stands first: `" + meant + "`");
    return new Habit(
            end,
            List.of(),
            quoted && plain ? diagnostic.fixedBy(Fix.replace(all, meant)) : diagnostic)
        .leaving(Leaves.NAMES);
  }

  private @Nullable Habit imported(int at) {
    int end = around.layout.lineEnd(at);
    if (around.type(at + 1) == ServeLexer.STRING && around.follows(at + 1)) {
      Span all = around.span(at, end - 1);
      if (end == at + 2) {
        return new Habit(end, List.of(), asked(all, around.text(at + 1))).leaving(Leaves.NAMES);
      }
      if (around.type(at + 2) != ServeLexer.AS || end != at + 4) {
        return null;
      }
      String meant = "import " + around.text(at + 3) + " from " + around.text(at + 1);
      return new Habit(
              end,
              List.of(),
              Diagnostic.of(Code.SV0109, all, "the name stands first: `" + meant + "`")
                  .fixedBy(Fix.replace(all, meant)))
          .leaving(Leaves.NAMES);
    }
    boolean star =
        around.type(at + 1) == ServeLexer.STAR
            && around.type(at + 2) == ServeLexer.AS
            && around.type(at + 3) == ServeLexer.NAME;
    if (star) {
      Span span = around.span(at + 1, at + 2);
      int next = around.words.get(at + 3).start();
      return new Habit(
          at + 3,
          List.of(around.words.get(at)),
          Diagnostic.of(
                  Code.SV0109,
                  span,
                  "a whole project is taken in by its name alone: `import "
                      + around.text(at + 3)
                      + " from …`")
              .fixedBy(
                  Fix.delete(
                      "remove `" + span.text() + "`", new Span(around.file, span.start(), next))));
    }
    boolean alone = around.type(at + 1) == ServeLexer.NAME && around.follows(at + 1);
    if (!alone || end != at + 2 || around.type(at + 2) == ServeLexer.FROM) {
      return null;
    }
    Span all = around.span(at, at + 1);
    return new Habit(
            end,
            List.of(),
            Diagnostic.of(
                Code.SV0109, all, "an import says from where: `" + all.text() + " from \"…\"`"))
        .leaving(Leaves.NAMES);
  }
}
