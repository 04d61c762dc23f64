package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** From text to words: all tokens for the tree, those that are no trivia for the parser. */
final class Words {
  /** What ends a line behind a text rather than within it. */
  private static final String BEHIND_TEXT = " \t{}[](),";

  private final SourceFile file;
  private final List<dev.salver.compiler.syntax.Token> all = new ArrayList<>();
  private final List<Word> words = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private int errorEnd = -1;
  private int foreignEnd = -1;

  private Words(SourceFile file) {
    this.file = file;
  }

  static Words of(SourceFile file) {
    var words = new Words(file);
    words.lex(0, file.text().length());
    return words;
  }

  /** The words of a {@code ${…}} part of a string. */
  static Words of(SourceFile file, int start, int end) {
    var words = new Words(file);
    words.lex(start, end);
    return words;
  }

  List<dev.salver.compiler.syntax.Token> all() {
    return all;
  }

  List<Word> words() {
    return words;
  }

  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  /** How a type of word is written, empty where that varies. */
  static String literal(int type) {
    String quoted = ServeLexer.VOCABULARY.getLiteralName(type);
    return quoted == null || type == ServeLexer.STRING
        ? ""
        : quoted.substring(1, quoted.length() - 1);
  }

  private void lex(int start, int end) {
    String text = file.text().substring(start, end);
    var lexer = new ServeLexer(CharStreams.fromString(text));
    lexer.removeErrorListeners();
    // The lexer counts code points, the tree UTF-16 units; they differ from the first emoji on.
    var units = new UnitOffsets(text);
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      int from = start + units.of(token.getStartIndex());
      int until = start + units.of(token.getStopIndex() + 1);
      int type = token.getType();
      all.add(new dev.salver.compiler.syntax.Token(TokenKinds.of(type), from, until));
      if (from < foreignEnd) {
        continue;
      }
      switch (type) {
        case ServeLexer.OPEN_STRING -> openString(from, until);
        case ServeLexer.DEEP_STRING -> deepString(from, until);
        case ServeLexer.OPEN_COMMENT -> openComment(from, until);
        case ServeLexer.UNKNOWN -> unknown(from, until);
        default -> {
          if (token.getChannel() == Token.DEFAULT_CHANNEL) {
            words.add(new Word(type, from, until));
          }
        }
      }
    }
  }

  private void openString(int from, int until) {
    int end = until;
    while (end > from + 1 && BEHIND_TEXT.indexOf(file.text().charAt(end - 1)) >= 0) {
      end--;
    }
    var span = new Span(file, from, end);
    diagnostics.add(
        Diagnostic.of(Code.SV0107, span, "this text is never closed")
            .fixedBy(Fix.insert("insert `\"`", file, end, "\"")));
    words.add(new Word(ServeLexer.STRING, from, end));
    words.addAll(of(file, end, until).words());
  }

  private void deepString(int from, int until) {
    diagnostics.add(
        Diagnostic.of(
            Code.SV0003, new Span(file, from, until), "texts within `${…}` nest too deeply here"));
    words.add(new Word(ServeLexer.MISSING, from, until));
  }

  private void openComment(int from, int until) {
    var span = new Span(file, from, Math.min(until, from + 2));
    diagnostics.add(
        Diagnostic.of(Code.SV0107, span, "this comment is never closed")
            .fixedBy(Fix.insert("insert `*/`", file, until, "*/")));
  }

  /** One finding for a run of them; a word with letters of other scripts stays one word. */
  private void unknown(int from, int until) {
    boolean continues = errorEnd == from;
    errorEnd = until;
    if (continues) {
      return;
    }
    int codePoint = file.text().codePointAt(from);
    if (Character.isLetter(codePoint)) {
      foreignWord(from);
      return;
    }
    var span = new Span(file, from, until);
    diagnostics.add(
        Diagnostic.of(
                Code.SV0108, span, Shown.character(codePoint) + " has no meaning outside of quotes")
            .fixedBy(Fix.delete("remove it", span)));
  }

  private void foreignWord(int at) {
    boolean joins = !words.isEmpty() && words.getLast().end() == at && isName(words.getLast());
    int from = joins ? words.removeLast().start() : at;
    int until = at;
    String text = file.text();
    while (until < text.length() && isOfWord(text.codePointAt(until))) {
      until += Character.charCount(text.codePointAt(until));
    }
    foreignEnd = until;
    errorEnd = until;
    var span = new Span(file, from, until);
    words.add(new Word(ServeLexer.NAME, from, until));
    diagnostics.add(
        Diagnostic.of(
            Code.SV0108,
            span,
            Shown.text(span.text()) + ": names are of ASCII letters and digits"));
  }

  private static boolean isName(Word word) {
    return word.type() == ServeLexer.NAME || word.type() == ServeLexer.TYPENAME;
  }

  private static boolean isOfWord(int codePoint) {
    return Character.isLetterOrDigit(codePoint)
        || Character.getType(codePoint) == Character.NON_SPACING_MARK
        || codePoint == '-'
        || codePoint == '_';
  }
}
