package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Surroundings.Scope;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Annotations without their {@code @} or without parentheses, and words that need none here. */
final class AnnotationHabits {
  private static final List<String> ANNOTATIONS = List.of("abstract", "allow", "deprecated");

  private static final List<String> MODIFIERS =
      List.of(
          "async",
          "export",
          "exported",
          "extern",
          "external",
          "global",
          "internal",
          "new",
          "open",
          "private",
          "protected",
          "pub",
          "public",
          "sealed",
          "static");

  private final Surroundings around;

  AnnotationHabits(Surroundings around) {
    this.around = around;
  }

  @Nullable Habit at(int at) {
    Scope scope = around.scope(at);
    boolean marked = around.type(at - 1) == ServeLexer.AT_SIGN;
    if ((scope != Scope.TOP && scope != Scope.SETTINGS) || !(marked || begins(at))) {
      return null;
    }
    if (marked && around.type(at) == ServeLexer.TYPENAME && around.touches(at)) {
      return capital(at);
    }
    if (around.isWord(at, MODIFIERS) && around.follows(at + 1) && declares(at + 1)) {
      Word word = around.words.get(at);
      var span = new Span(around.file, word.start(), around.words.get(at + 1).start());
      return new Habit(
          at + 1,
          List.of(),
          Diagnostic.of(
                  Code.SV0109,
                  around.span(at),
                  "a declaration needs no `"
                      + around.text(at)
                      + "`: it begins with `"
                      + around.text(at + 1)
                      + "`")
              .fixedBy(Fix.delete("remove it", span)));
    }
    boolean twice = around.text(at).equals(around.text(at - 1));
    return around.isWord(at, ANNOTATIONS) && !twice ? annotation(at, marked) : null;
  }

  /** {@code @Deprecated}. */
  private @Nullable Habit capital(int at) {
    String meant = around.text(at).toLowerCase(Locale.ROOT);
    return ANNOTATIONS.contains(meant)
        ? new Habit(
                at + 1,
                List.of(),
                Diagnostic.of(
                        Code.SV0109,
                        around.span(at),
                        "an annotation is written small: `@" + meant + "`")
                    .fixedBy(Fix.replace(around.span(at), meant)))
            .leaving(Habit.Leaves.STATEMENT)
        : null;
  }

  /** A statement, or what follows an annotation on its line. */
  private boolean begins(int at) {
    return around.isFirst(at)
        || around.isWord(at - 1, ANNOTATIONS)
        || around.isWord(at - 1, MODIFIERS)
        || (around.type(at - 1) == ServeLexer.RPAREN
            && around.isWord(around.partner(at - 1) - 1, ANNOTATIONS));
  }

  private @Nullable Habit annotation(int at, boolean marked) {
    boolean bare = around.type(at + 1) == ServeLexer.STRING && around.follows(at + 1);
    boolean called = around.type(at + 1) == ServeLexer.LPAREN && around.touches(at + 1);
    int last = bare ? at + 1 : called ? around.partner(at + 1) : at;
    if (last < 0 || !declares(last + 1) || (marked && !bare)) {
      return null;
    }
    Word word = around.words.get(at);
    var read = new ArrayList<Word>();
    if (!marked) {
      read.add(around.before(at, ServeLexer.AT_SIGN));
    }
    read.add(word);
    if (!bare) {
      return new Habit(at + 1, read, missing(at));
    }
    read.add(around.behind(at, ServeLexer.LPAREN));
    read.add(around.words.get(last));
    read.add(around.behind(last, ServeLexer.RPAREN));
    var edits = new ArrayList<Edit>();
    if (!marked) {
      edits.add(new Edit(new Span(around.file, word.start(), word.start()), "@"));
    }
    edits.add(new Edit(around.between(at, last), "("));
    int end = around.words.get(last).end();
    edits.add(new Edit(new Span(around.file, end, end), ")"));
    String meant = "@" + word(at) + "(" + around.text(last) + ")";
    return new Habit(
        last + 1,
        read,
        Diagnostic.of(
                Code.SV0102, around.span(at, last), "an annotation is written `" + meant + "`")
            .fixedBy(new Fix("write `" + meant + "`", edits)));
  }

  private String word(int at) {
    return around.text(at);
  }

  private Diagnostic missing(int at) {
    return Diagnostic.of(Code.SV0102, around.span(at), "`@` is missing before `" + word(at) + "`")
        .fixedBy(Fix.insert("insert `@`", around.file, around.words.get(at).start(), "@"));
  }

  /** Whether a declaration, or another annotation of it, begins there. */
  private boolean declares(int at) {
    int type = around.type(at);
    boolean key = TokenKinds.isKey(around.type(at + 1)) || around.type(at + 1) == ServeLexer.STAR;
    return type == ServeLexer.AT_SIGN
        || (TokenKinds.isDeclaration(type) && key)
        || around.isWord(at, ANNOTATIONS);
  }
}
