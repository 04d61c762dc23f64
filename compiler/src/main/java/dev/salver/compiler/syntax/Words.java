package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.compiler.syntax.Token.Kind;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** From text to words: all tokens for the tree, those that are no trivia for the parser. */
final class Words {
  /** What ends a line behind a text rather than within it. */
  private static final String BEHIND_TEXT = " \t{}[](),";

  private static final Pattern DECLARATION =
      Pattern.compile(
          "(?m)^(?:import|project|model|runtime|accelerator|env|param|secret|type|graph|rollout|policy|test|for each)"
              + "[ \t]+[\\w\"*{]|^@[a-z]");

  private final SourceFile file;
  private final List<dev.salver.compiler.syntax.Token> all = new ArrayList<>();
  private final List<Word> words = new ArrayList<>();
  private final List<Diagnostic> diagnostics = new ArrayList<>();
  private int errorEnd = -1;
  private boolean recovered;
  private boolean unquoted;
  private boolean unmarked;

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
      Kind kind = TokenKinds.of(type);
      int taken =
          switch (type) {
            case ServeLexer.OPEN_STRING -> openString(from, until);
            case ServeLexer.DEEP_STRING -> deepString(from, until);
            case ServeLexer.OPEN_COMMENT -> openComment(from, until);
            case ServeLexer.UNKNOWN -> unknown(from, until, end);
            case ServeLexer.COLON -> address(from, until, end);
            case ServeLexer.MINUS ->
                Foreign.dashes(file, from, end, last()).map(this::take).orElse(until);
            case ServeLexer.LT -> markup(from, until, end);
            case ServeLexer.STRING -> quotes(from, until, end);
            default -> until;
          };
      if (taken > until) {
        kind = Kind.BROKEN;
      }
      if (kind != Kind.BROKEN && token.getChannel() == Token.DEFAULT_CHANNEL) {
        words.add(new Word(type, from, until));
      }
      all.add(new dev.salver.compiler.syntax.Token(kind, from, taken));
      if (taken != until) {
        int points = text.codePointCount(from - start, taken - start);
        lexer.getInputStream().seek(token.getStartIndex() + points);
        lexer._hitEOF = false;
      }
    }
  }

  /** Up to a block or the end of its line, but for what closes brackets there. */
  private int openString(int from, int until) {
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
    return end;
  }

  private int deepString(int from, int until) {
    diagnostics.add(
        Diagnostic.of(
            Code.SV0003, new Span(file, from, until), "texts within `${…}` nest too deeply here"));
    words.add(new Word(ServeLexer.MISSING, from, until));
    return until;
  }

  /** Up to the next line that begins a declaration; only once, as each looks for its end. */
  private int openComment(int from, int until) {
    Matcher next = DECLARATION.matcher(file.text()).region(from, until);
    int end = !recovered && next.find() ? next.start() : until;
    recovered = true;
    var span = new Span(file, from, Math.min(until, from + 2));
    diagnostics.add(
        Diagnostic.of(Code.SV0107, span, "this comment is never closed")
            .fixedBy(Fix.insert("insert `*/`", file, end, end < until ? "*/\n" : "*/")));
    return end;
  }

  /** One finding for a run of characters; what is read for them stands for all of them. */
  private int unknown(int from, int until, int end) {
    if (errorEnd == from) {
      errorEnd = until;
      return until;
    }
    Stray stray = Stray.at(file, from, end, last());
    errorEnd = take(stray);
    return errorEnd;
  }

  /** Up to the end of a text in three quotes; looked for as long as each has one. */
  private int quotes(int from, int until, int end) {
    if (unquoted || until != from + 2 || !file.text().startsWith("\"", until)) {
      return until;
    }
    var stray = Foreign.quotes(file, from, end, last());
    unquoted = stray.isEmpty();
    return stray.map(this::take).orElse(until);
  }

  private int markup(int from, int until, int end) {
    int taken = Foreign.markup(file, from, end, !unmarked).map(this::take).orElse(until);
    unmarked |= taken > until && !file.text().startsWith("-->", taken - 3);
    return taken;
  }

  private @Nullable Word last() {
    return words.isEmpty() ? null : words.getLast();
  }

  /** Up to the end of an address without quotes, whose slashes would begin a comment. */
  private int address(int colon, int until, int end) {
    return words.size() < 2
        ? until
        : Stray.address(file, words.get(words.size() - 2), words.getLast(), colon, end)
            .map(this::take)
            .orElse(until);
  }

  private int take(Stray stray) {
    if (stray.joins()) {
      words.removeLast();
    }
    stray.word().ifPresent(words::add);
    diagnostics.add(stray.diagnostic());
    return stray.end();
  }
}
