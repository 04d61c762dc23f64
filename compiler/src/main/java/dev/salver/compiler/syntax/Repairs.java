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
import java.util.Set;

/**
 * Mistakes that are seen best in the words, before the parser: a value or an {@code =} left out, a
 * misspelt keyword. What is meant goes on to the parser, so that one mistake stays one.
 */
final class Repairs {
  private static final Set<String> ANNOTATIONS = Set.of("abstract", "allow", "deprecated");

  private static final Set<String> UNITS =
      Set.of("ms s min h d m Ki Mi Gi Ti k M G T rps concurrent".split(" "));

  private final SourceFile file;
  private final List<Word> words;
  private final List<Diagnostic> diagnostics;
  private final List<Word> out = new ArrayList<>();
  private final List<Boolean> typeBraces = new ArrayList<>();
  private boolean inType;

  private Repairs(SourceFile file, List<Word> words, List<Diagnostic> diagnostics) {
    this.file = file;
    this.words = words;
    this.diagnostics = diagnostics;
  }

  static List<Word> apply(SourceFile file, List<Word> words, List<Diagnostic> diagnostics) {
    var repairs = new Repairs(file, words, diagnostics);
    for (int i = 0; i < words.size(); i++) {
      i = repairs.take(i);
    }
    return repairs.out;
  }

  /** Takes the word at an index and answers the index of the last one that is done with. */
  private int take(int at) {
    Word word = words.get(at);
    track(at);
    out.add(word);
    if (isKeywordAsName(at)) {
      Word name = words.get(at + 1);
      var span = new Span(file, name.start(), name.end());
      diagnostics.add(
          Diagnostic.of(
              Code.SV0106,
              span,
              "`" + text(name) + "` is a word of the language and names nothing"));
      out.add(name.as(ServeLexer.NAME));
      return at + 1;
    }
    if (isApartFromUnit(at)) {
      return unit(at);
    }
    if (word.type() == ServeLexer.EQ && valueIsMissing(at)) {
      missingValue(word);
    } else if (startsStatement(at) && (isName(word.type()) || isNamedTest(at))) {
      return typeBraces.isEmpty() ? unknownDeclaration(at) : setting(at);
    } else if (isQuotedKey(at)) {
      return setting(at);
    } else if (isHeaderInBody(at)) {
      headerInBody(word);
    }
    return at;
  }

  /** {@code "memory": 4Gi}, as JSON has it. */
  private boolean isQuotedKey(int at) {
    return type(at) == ServeLexer.STRING
        && type(at + 1) == ServeLexer.COLON
        && !typeBraces.isEmpty()
        && startsStatement(at);
  }

  /** {@code from = "s3://…"} within braces. */
  private boolean isHeaderInBody(int at) {
    return (type(at) == ServeLexer.FROM || type(at) == ServeLexer.ON)
        && type(at + 1) == ServeLexer.EQ
        && !typeBraces.isEmpty()
        && startsStatement(at);
  }

  private void headerInBody(Word word) {
    var span = new Span(file, word.start(), word.end());
    String form = word.type() == ServeLexer.ON ? "on RUNTIME" : "from \"…\"";
    diagnostics.add(
        Diagnostic.of(
            Code.SV0106,
            span,
            "`" + text(word) + "` stands in the header: `model NAME " + form + " { }`"));
    out.removeLast();
    out.add(word.as(ServeLexer.NAME));
  }

  /** {@code 30 s}. */
  private boolean isApartFromUnit(int at) {
    if (type(at) != ServeLexer.NUMBER || onNewLine(at + 1) || isOutOfOrder(at)) {
      return false;
    }
    int behind = type(at + 2);
    if (type(at + 1) == ServeLexer.PERCENT) {
      return endsStatement(at + 2)
          || Healer.isCloser(behind)
          || behind == ServeLexer.FATARROW
          || behind == ServeLexer.FOR;
    }
    return isName(type(at + 1))
        && UNITS.contains(text(words.get(at + 1)))
        && behind != ServeLexer.EQ
        && behind != ServeLexer.DOT
        && behind != ServeLexer.LBRACE;
  }

  /** Whether the next word stands before this one in the text: a repair tries it so. */
  private boolean isOutOfOrder(int at) {
    return at + 1 < words.size() && words.get(at + 1).start() < words.get(at).end();
  }

  private int unit(int at) {
    Word number = words.get(at);
    Word unit = words.get(at + 1);
    var span = new Span(file, number.start(), unit.end());
    diagnostics.add(
        Diagnostic.of(
                Code.SV0106, span, "a unit touches its number: `" + text(number) + text(unit) + "`")
            .fixedBy(Fix.replace(span, text(number) + text(unit))));
    out.removeLast();
    out.add(new Word(ServeLexer.MISSING, number.start(), unit.end()));
    return at + 1;
  }

  private boolean isNamedTest(int at) {
    return typeBraces.isEmpty()
        && type(at) == ServeLexer.STRING
        && (type(at + 1) == ServeLexer.LBRACE
            || type(at + 1) == ServeLexer.ON
            || type(at + 1) == ServeLexer.TEST);
  }

  private void track(int at) {
    int type = words.get(at).type();
    switch (type) {
      case ServeLexer.LBRACE, ServeLexer.LPAREN, ServeLexer.LBRACK ->
          typeBraces.add(type != ServeLexer.LBRACE || isTypeBrace());
      case ServeLexer.RBRACE, ServeLexer.RPAREN, ServeLexer.RBRACK -> {
        if (!typeBraces.isEmpty()) {
          typeBraces.removeLast();
        }
      }
      default -> {
        if (typeBraces.isEmpty() && TokenKinds.isDeclaration(type)) {
          inType = type == ServeLexer.TYPE;
        }
      }
    }
  }

  /** Braces that hold a type's fields or an import's names hold no settings. */
  private boolean isTypeBrace() {
    int before = out.isEmpty() ? -1 : out.getLast().type();
    return inType
        || before == ServeLexer.COLON
        || before == ServeLexer.ARROW
        || before == ServeLexer.IMPORT
        || (!typeBraces.isEmpty() && typeBraces.getLast());
  }

  /** {@code env test { }}: a keyword where the name of a declaration stands. */
  private boolean isKeywordAsName(int at) {
    int name = type(at + 1);
    boolean heads =
        TokenKinds.isDeclaration(type(at))
            && type(at) != ServeLexer.IMPORT
            && type(at - 1) != ServeLexer.ON
            && !onNewLine(at + 1)
            && startsStatement(at);
    boolean clause = name >= ServeLexer.FROM && name <= ServeLexer.IN;
    boolean named =
        switch (type(at + 2)) {
          case ServeLexer.LBRACE,
              ServeLexer.LPAREN,
              ServeLexer.LBRACK,
              ServeLexer.COLON,
              ServeLexer.EQ,
              ServeLexer.FROM,
              ServeLexer.ON,
              ServeLexer.EXTENDS,
              ServeLexer.WITH ->
              true;
          default -> false;
        };
    return heads && named && TokenKinds.isKeyword(name) && !clause;
  }

  private boolean startsStatement(int at) {
    int before = type(at - 1);
    if (!typeBraces.isEmpty() && typeBraces.getLast()) {
      return false;
    }
    return before == -1
        || before == ServeLexer.LBRACE
        || before == ServeLexer.COMMA
        || (onNewLine(at)
            && before != ServeLexer.EQ
            && before != ServeLexer.ARROW
            && before != ServeLexer.FATARROW
            && before != ServeLexer.DOT
            && !(typeBraces.isEmpty() && TokenKinds.isDeclaration(before)));
  }

  private boolean valueIsMissing(int at) {
    int next = type(at + 1);
    if (next == -1 || next == ServeLexer.COMMA || Healer.isCloser(next)) {
      return true;
    }
    if (!onNewLine(at + 1)) {
      return false;
    }
    int after = type(at + 2);
    boolean declares =
        TokenKinds.isDeclaration(next) && (TokenKinds.isKey(after) || after == ServeLexer.STAR);
    boolean sets = TokenKinds.isKey(next) && (after == ServeLexer.EQ || after == ServeLexer.LBRACE);
    return declares || sets;
  }

  private void missingValue(Word equals) {
    out.add(new Word(ServeLexer.MISSING, equals.end(), equals.end()));
    var span = new Span(file, equals.start(), equals.end());
    diagnostics.add(Diagnostic.of(Code.SV0104, span, "the value after `=` is missing"));
  }

  private int setting(int at) {
    Word word = words.get(at);
    int next = type(at + 1);
    if (next == ServeLexer.COLON) {
      Word colon = words.get(at + 1);
      var span = new Span(file, colon.start(), colon.end());
      diagnostics.add(
          Diagnostic.of(Code.SV0105, span, "a setting is written with `=`, a colon is for types")
              .fixedBy(Fix.replace(span, " =")));
      out.add(colon.as(ServeLexer.EQ));
      if (valueIsMissing(at + 1)) {
        out.add(new Word(ServeLexer.MISSING, colon.end(), colon.end()));
      }
      return at + 1;
    }
    if (onNewLine(at + 1)) {
      return at;
    }
    Optional<Integer> keyword =
        next == ServeLexer.NAME ? Misspelt.keyword(text(word)) : Optional.empty();
    if (keyword.isPresent() && !endsStatement(at + 2)) {
      retype(word, keyword.get());
    } else if (TokenKinds.isLiteral(next)
        || (next == ServeLexer.LBRACK && words.get(at + 1).start() > word.end())
        || (isName(next) && endsStatement(at + 2))) {
      int end = word.end();
      out.add(new Word(ServeLexer.EQ, end, end));
      diagnostics.add(
          Diagnostic.of(
                  Code.SV0105,
                  new Span(file, word.start(), end),
                  "`=` is missing after `" + text(word) + "`")
              .fixedBy(Fix.insert("insert `=`", file, end, " =")));
    }
    return at;
  }

  private int unknownDeclaration(int at) {
    Word word = words.get(at);
    Optional<Integer> keyword = Misspelt.keyword(text(word));
    if (keyword.isPresent()
        && (isName(type(at + 1))
            || type(at + 1) == ServeLexer.STRING
            || type(at + 1) == ServeLexer.STAR)) {
      retype(word, keyword.get());
      inType = keyword.get() == ServeLexer.TYPE;
      return at;
    }
    var span = new Span(file, word.start(), word.end());
    String none = "`" + text(word) + "` begins no declaration";
    int kind = Guess.kind(file, words, at);
    if (ANNOTATIONS.contains(text(word))) {
      diagnostics.add(
          Diagnostic.of(Code.SV0102, span, "`@` is missing before `" + text(word) + "`")
              .fixedBy(Fix.insert("insert `@`", file, word.start(), "@")));
      return skipped(at);
    }
    if (isSwapped(at)) {
      var change = Edits.swap(file, words, at);
      diagnostics.add(change.diagnostic());
      out.removeLast();
      out.add(words.get(at + 1));
      out.add(word);
      inType = type(at + 1) == ServeLexer.TYPE;
      return at + 1;
    }
    if (kind == ServeLexer.EOF) {
      diagnostics.add(Diagnostic.of(Code.SV0102, span, none));
      return skipped(at);
    }
    String literal = Words.literal(kind);
    out.removeLast();
    boolean names = TokenKinds.isHeader(type(at + 1));
    if (names) {
      diagnostics.add(
          Diagnostic.of(Code.SV0102, span, none + ", is `" + literal + "` missing before it?")
              .fixedBy(Fix.insert("insert `" + literal + "`", file, word.start(), literal + " ")));
      out.add(new Word(kind, word.start(), word.start()));
      out.add(word);
    } else {
      diagnostics.add(Diagnostic.of(Code.SV0102, span, none));
      out.add(word.as(kind));
    }
    inType = kind == ServeLexer.TYPE;
    return at;
  }

  /** {@code fraud model { }}. */
  private boolean isSwapped(int at) {
    return TokenKinds.isDeclaration(type(at + 1))
        && type(at + 1) != ServeLexer.IMPORT
        && !onNewLine(at + 1)
        && TokenKinds.isHeader(type(at + 2));
  }

  /** Leaves out what cannot be told, up to the next line that is no further in. */
  private int skipped(int at) {
    out.removeLast();
    int depth = 0;
    int last = at;
    for (int i = at + 1; i < words.size(); i++) {
      int type = words.get(i).type();
      if (depth == 0 && onNewLine(i) && !Healer.isOpener(type) && column(i) <= column(at)) {
        break;
      }
      depth += Healer.isOpener(type) ? 1 : Healer.isCloser(type) ? -1 : 0;
      last = i;
    }
    return last;
  }

  private void retype(Word word, int keyword) {
    String literal = ServeLexer.VOCABULARY.getLiteralName(keyword);
    String meant = literal.substring(1, literal.length() - 1);
    var span = new Span(file, word.start(), word.end());
    diagnostics.add(
        Diagnostic.of(
                Code.SV0102,
                span,
                "`" + text(word) + "` begins no declaration, did you mean `" + meant + "`?")
            .fixedBy(Fix.replace(span, meant)));
    out.removeLast();
    out.add(word.as(keyword));
  }

  private boolean endsStatement(int at) {
    int type = type(at);
    return type == -1 || type == ServeLexer.COMMA || type == ServeLexer.RBRACE || onNewLine(at);
  }

  private boolean onNewLine(int at) {
    if (at <= 0 || at >= words.size()) {
      return true;
    }
    var lines = file.lines();
    return lines.lineAt(words.get(at - 1).end()) < lines.lineAt(words.get(at).start());
  }

  private int column(int at) {
    int start = words.get(at).start();
    return start - file.lines().start(file.lines().lineAt(start));
  }

  private int type(int at) {
    return at < 0 || at >= words.size() ? -1 : words.get(at).type();
  }

  private String text(Word word) {
    return file.text().substring(word.start(), word.end());
  }

  private static boolean isName(int type) {
    return type == ServeLexer.NAME || type == ServeLexer.TYPENAME;
  }
}
