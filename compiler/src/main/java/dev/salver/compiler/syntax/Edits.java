package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Changes of one word, each with the sentence that asks for it. */
final class Edits {
  private Edits() {}

  /** The words as they were meant. */
  record Change(List<Word> words, Diagnostic diagnostic) {
    Change relating(SourceFile file, Word place, String words) {
      var span = new Span(file, place.start(), place.end());
      return new Change(this.words, diagnostic.relating(span, words));
    }
  }

  /** Null where the place is none. */
  static @Nullable Change insert(SourceFile file, List<Word> words, int at, int type) {
    return insert(file, words, at, type, true);
  }

  /**
   * Null where the place is none.
   *
   * @param touching whether it stands right behind the word before it, and not before the next
   */
  static @Nullable Change insert(
      SourceFile file, List<Word> words, int at, int type, boolean touching) {
    if (at < 1 || at > words.size()) {
      return null;
    }
    Word before = words.get(at - 1);
    var out = new ArrayList<>(words);
    int place = touching || at == words.size() ? before.end() : words.get(at).start();
    out.add(at, new Word(type, place, place));
    var span = new Span(file, before.start(), before.end());
    String behind = " is missing behind " + Shown.text(span.text());
    String literal = Words.literal(type);
    if (literal.isEmpty()) {
      String what =
          switch (type) {
            case ServeLexer.NAME -> named(before.type());
            case ServeLexer.TYPENAME -> "a type";
            case ServeLexer.STRING -> before.type() == ServeLexer.FROM ? "a source" : "a text";
            default -> "a value";
          };
      Code code = type == ServeLexer.MISSING ? Code.SV0104 : Code.SV0106;
      return new Change(out, Diagnostic.of(code, span, what + behind));
    }
    boolean close =
        touching
            && (type == ServeLexer.RBRACK
                || type == ServeLexer.RPAREN
                || type == ServeLexer.LPAREN
                || type == ServeLexer.LBRACK
                || type == ServeLexer.DOT);
    return new Change(
        out,
        Diagnostic.of(code(type), span, "`" + literal + "`" + behind)
            .fixedBy(
                Fix.insert(
                    "insert `" + literal + "`",
                    file,
                    place,
                    close || place > before.end() ? literal : " " + literal)));
  }

  /** A word that is always written alike, at the beginning of a line. */
  static Change insertBefore(SourceFile file, List<Word> words, int at, int type) {
    Word next = words.get(at);
    var out = new ArrayList<>(words);
    out.add(at, new Word(type, next.start(), next.start()));
    var span = new Span(file, next.start(), next.end());
    String literal = Words.literal(type);
    return new Change(
        out,
        Diagnostic.of(
                Code.SV0106, span, "`" + literal + "` is missing before " + Shown.text(span.text()))
            .fixedBy(Fix.insert("insert `" + literal + "`", file, next.start(), literal + " ")));
  }

  /** The word that says what is declared; which one that is, is not known. */
  static Change insertKind(SourceFile file, List<Word> words, int at) {
    Word next = words.get(at);
    var out = new ArrayList<>(words);
    out.add(at, new Word(ServeLexer.MODEL, next.start(), next.start()));
    var span = new Span(file, next.start(), next.end());
    String what = "a word such as `model` is missing before " + Shown.text(span.text());
    return new Change(out, Diagnostic.of(Code.SV0106, span, what));
  }

  private static String named(int before) {
    return switch (before) {
      case ServeLexer.FROM -> "a source";
      case ServeLexer.COLON -> "a type";
      case ServeLexer.EQ -> "a value";
      default -> TokenKinds.awaitsValue(before) ? "a name or value" : "a name";
    };
  }

  /** A closing bracket on a line of its own, as far in as the one that opened. */
  static Change close(SourceFile file, List<Word> words, int at, int type, int indent) {
    Word before = words.get(at - 1);
    var out = new ArrayList<>(words);
    out.add(at, new Word(type, before.end(), before.end()));
    String literal = Words.literal(type);
    var span = new Span(file, before.start(), before.end());
    String text = "\n" + " ".repeat(indent) + literal;
    return new Change(
        out,
        Diagnostic.of(
                Code.SV0101, span, "`" + literal + "` is missing behind " + Shown.text(span.text()))
            .fixedBy(Fix.insert("insert `" + literal + "`", file, before.end(), text)));
  }

  private static Code code(int type) {
    if (Healer.isCloser(type)) {
      return Code.SV0101;
    }
    return Healer.isOpener(type) ? Code.SV0103 : type == ServeLexer.EQ ? Code.SV0105 : Code.SV0106;
  }

  /** The word before is left out, and this one blamed: they are the same. */
  static Change deleteTwin(SourceFile file, List<Word> words, int at) {
    var out = new ArrayList<>(words);
    out.remove(at - 1);
    return new Change(out, delete(file, words, at).diagnostic());
  }

  static Change delete(SourceFile file, List<Word> words, int at) {
    Word word = words.get(at);
    var span = new Span(file, word.start(), word.end());
    var out = new ArrayList<>(words);
    out.remove(at);
    boolean twice =
        at > 0
            && file.text().startsWith(span.text(), words.get(at - 1).start())
            && words.get(at - 1).type() == word.type();
    String what =
        Healer.isCloser(word.type())
            ? "this `" + span.text() + "` closes nothing"
            : Shown.text(span.text()) + (twice ? " is here twice" : " does not belong here");
    Code code =
        Healer.isCloser(word.type())
            ? Code.SV0103
            : Healer.isOpener(word.type()) ? Code.SV0101 : Code.SV0106;
    return new Change(out, Diagnostic.of(code, span, what).fixedBy(Fix.delete("remove it", span)));
  }

  static Change swap(SourceFile file, List<Word> words, int at) {
    Word left = words.get(at);
    Word right = words.get(at + 1);
    var first = new Span(file, left.start(), left.end());
    var second = new Span(file, right.start(), right.end());
    var out = new ArrayList<>(words);
    // Each takes the other's place, but keeps its text.
    out.set(at, right);
    out.set(at + 1, left);
    var fix =
        new Fix(
            "swap them", List.of(new Edit(first, second.text()), new Edit(second, first.text())));
    String what = Shown.text(second.text()) + " belongs before " + Shown.text(first.text());
    return new Change(out, Diagnostic.of(Code.SV0106, first.to(second), what).fixedBy(fix));
  }
}
