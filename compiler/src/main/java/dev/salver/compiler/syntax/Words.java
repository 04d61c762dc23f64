package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;

/** From text to words: all tokens for the tree, those that are no trivia for the parser. */
final class Words {
  /** What ends a line behind a text rather than within it. */
  private static final String BEHIND_TEXT = " \t{}[](),";

  private static final int MAX_DEPTH = 8;

  private final SourceFile file;
  private final List<dev.salver.compiler.syntax.Token> all = new ArrayList<>();
  private final List<Word> words = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private final int depth;
  private int errorEnd = -1;
  private int foreignEnd = -1;
  private int habitEnd = -1;

  /**
   * @param depth how often what stands there was read before, or that there are no habits to see
   */
  private Words(SourceFile file, int depth) {
    this.file = file;
    this.depth = depth;
  }

  static Words of(SourceFile file) {
    var words = new Words(file, 0);
    words.lex(0, file.text().length());
    return words;
  }

  /** The words of a {@code ${…}} part of a string. */
  static Words of(SourceFile file, int start, int end) {
    var words = new Words(file, MAX_DEPTH);
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
      if (from < habitEnd) {
        if (until > habitEnd) {
          again(habitEnd, until);
        }
        continue;
      }
      if (from < foreignEnd) {
        continue;
      }
      switch (type) {
        case ServeLexer.OPEN_STRING -> openString(from, until);
        case ServeLexer.DEEP_STRING -> deepString(from, until);
        case ServeLexer.OPEN_COMMENT -> openComment(from, until);
        case ServeLexer.UNKNOWN -> unknown(from, until);
        default -> {
          if (token.getChannel() == Token.DEFAULT_CHANNEL && !bareSource(type, from, end)) {
            words.add(new Word(type, from, until));
          }
        }
      }
    }
  }

  private void openString(int from, int until) {
    int brace = file.text().substring(from, until).indexOf(" {");
    int end = brace > 0 ? from + brace : until;
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
    Optional<Habits.Seen> habit = depth < MAX_DEPTH ? Habits.at(file, from) : Optional.empty();
    if (habit.isPresent()) {
      take(habit.get());
      return;
    }
    var span = new Span(file, from, until);
    diagnostics.add(
        Diagnostic.of(
                Code.SV0108, span, Shown.character(codePoint) + " has no meaning outside of quotes")
            .fixedBy(Fix.delete("remove it", span)));
  }

  private boolean bareSource(int type, int colon, int end) {
    if (type != ServeLexer.COLON || depth == MAX_DEPTH || words.size() < 2) {
      return false;
    }
    Optional<Habits.Seen> source =
        Habits.bareSource(file, words.get(words.size() - 2), words.getLast(), colon, end);
    source.ifPresent(
        seen -> {
          words.removeLast();
          take(seen);
        });
    return source.isPresent();
  }

  private void take(Habits.Seen habit) {
    habitEnd = habit.end();
    diagnostics.add(habit.diagnostic());
    habit.word().ifPresent(words::add);
  }

  /** What the lexer took along with a habit. */
  private void again(int from, int until) {
    if (depth + 1 < MAX_DEPTH) {
      var rest = new Words(file, depth + 1);
      rest.lex(from, until);
      words.addAll(rest.words());
      diagnostics.addAll(rest.diagnostics());
    }
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
