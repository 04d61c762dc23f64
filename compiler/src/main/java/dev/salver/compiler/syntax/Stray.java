package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeLexer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Characters that begin no token, and what they were meant for: another language's quotes, comments
 * and operators, names in other scripts.
 *
 * @param end behind the last character of it
 * @param word what the parser reads instead; empty where the characters mean nothing
 * @param joins whether the word before it is a part of this one
 */
record Stray(int end, Optional<Word> word, boolean joins, Diagnostic diagnostic) {
  /** Closing quotes by opening ones. */
  private static final Map<Integer, String> QUOTES =
      Map.of(
          (int) '\'', "'",
          (int) '`', "`",
          (int) '\u2018', "\u2019\u2018",
          (int) '\u2019', "\u2019",
          (int) '\u201c', "\u201d\u201c\"",
          (int) '\u201d', "\u201d\u201c\"",
          (int) '\u201e', "\u201c\u201d\"",
          (int) '\u00ab', "\u00bb");

  private static final Map<Integer, Integer> OPERATORS =
      Map.of(
          (int) '&', ServeLexer.ANDAND,
          (int) '|', ServeLexer.OROR,
          (int) '\u2192', ServeLexer.ARROW,
          (int) '\u21d2', ServeLexer.FATARROW,
          (int) '\u2264', ServeLexer.LE,
          (int) '\u2265', ServeLexer.GE,
          (int) '\u2260', ServeLexer.NE,
          (int) '\u2212', ServeLexer.MINUS,
          (int) '\u2013', ServeLexer.MINUS,
          (int) '\u2026', ServeLexer.DOTDOT);

  /**
   * What stands at an offset.
   *
   * @param before the word before it, null where there is none
   */
  static Stray at(SourceFile file, int from, int end, @Nullable Word before) {
    int codePoint = file.text().codePointAt(from);
    if (codePoint == '#') {
      return comment(file, from, end);
    }
    if (codePoint == ';') {
      return Foreign.semicolon(file, from, end);
    }
    Optional<Stray> foreign =
        codePoint == '$'
            ? Foreign.hole(file, from, end)
            : codePoint == '|' ? Foreign.pipe(file, from) : Optional.empty();
    if (foreign.isPresent()) {
      return foreign.get();
    }
    String closers = QUOTES.get(codePoint);
    int closer = closers == null ? -1 : closing(file.text(), from + 1, end, closers);
    if (closer > 0) {
      return quoted(file, from, closer);
    }
    if (Character.isLetter(codePoint)) {
      return foreign(file, from, end, before);
    }
    var span = new Span(file, from, from + Character.charCount(codePoint));
    String what = Shown.character(codePoint) + " has no meaning outside of quotes";
    Integer operator = OPERATORS.get(codePoint);
    if (operator != null) {
      String meant = Words.literal(operator);
      return new Stray(
          span.end(),
          Optional.of(new Word(operator, from, span.end())),
          false,
          Diagnostic.of(Code.SV0108, span, what + ", did you mean `" + meant + "`?")
              .fixedBy(Fix.replace(span, meant)));
    }
    return new Stray(
        span.end(),
        Optional.empty(),
        false,
        Diagnostic.of(Code.SV0108, span, what).fixedBy(Fix.delete("remove it", span)));
  }

  private static Stray comment(SourceFile file, int from, int end) {
    int until = lineEnd(file.text(), from, end);
    int behind = from;
    while (behind < until && file.text().charAt(behind) == '#') {
      behind++;
    }
    var span = new Span(file, from, behind);
    return new Stray(
        until,
        Optional.empty(),
        false,
        Diagnostic.of(Code.SV0108, span, "a comment begins with `//`")
            .fixedBy(Fix.replace(span, "//")));
  }

  private static Stray quoted(SourceFile file, int from, int closer) {
    var open = new Span(file, from, from + 1);
    var close = new Span(file, closer, closer + 1);
    String inside = file.text().substring(from + 1, closer);
    var diagnostic = Diagnostic.of(Code.SV0108, open.to(close), "a text stands in double quotes");
    boolean plain = inside.indexOf('"') < 0 && inside.indexOf('\\') < 0;
    return new Stray(
        closer + 1,
        Optional.of(new Word(ServeLexer.STRING, from, closer + 1)),
        false,
        plain
            ? diagnostic.fixedBy(
                new Fix(
                    "write `\"" + inside + "\"`",
                    List.of(new Edit(open, "\""), new Edit(close, "\""))))
            : diagnostic);
  }

  /**
   * {@code from s3://models/fraud.onnx}, an address without quotes.
   *
   * @param before the two words before the colon
   */
  static Optional<Stray> address(SourceFile file, Word before, Word scheme, int colon, int end) {
    String text = file.text();
    boolean source = before.type() == ServeLexer.FROM;
    boolean value = before.type() == ServeLexer.EQ && text.startsWith("//", colon + 1);
    if (!(source || value) || scheme.type() != ServeLexer.NAME || scheme.end() != colon) {
      return Optional.empty();
    }
    int until = addressEnd(text, colon + 1, end);
    if (until == colon + 1) {
      return Optional.empty();
    }
    var span = new Span(file, scheme.start(), until);
    return Optional.of(
        new Stray(
            until,
            Optional.of(new Word(ServeLexer.MISSING, span.start(), until)),
            true,
            Diagnostic.of(Code.SV0106, span, "an address is a text, in double quotes")
                .fixedBy(Fix.replace(span, "\"" + span.text() + "\""))));
  }

  private static int addressEnd(String text, int from, int end) {
    int at = from;
    boolean hole = false;
    while (at < end && !Character.isWhitespace(text.charAt(at))) {
      char c = text.charAt(at);
      if (c == '"' || c == ',' || c == '\\' || (!hole && (c == '{' || c == '}'))) {
        return at;
      }
      hole = (hole && c != '}') || text.startsWith("${", at);
      at++;
    }
    return at;
  }

  /** A word with letters of other scripts stays one word. */
  private static Stray foreign(SourceFile file, int at, int end, @Nullable Word before) {
    boolean joins = before != null && before.end() == at && isName(before);
    int from = before != null && joins ? before.start() : at;
    int until = at;
    String text = file.text();
    while (until < end && isOfWord(text.codePointAt(until))) {
      until += Character.charCount(text.codePointAt(until));
    }
    var span = new Span(file, from, until);
    return new Stray(
        until,
        Optional.of(new Word(ServeLexer.NAME, from, until)),
        joins,
        Diagnostic.of(
            Code.SV0108,
            span,
            Shown.text(span.text()) + ": names are of ASCII letters and digits"));
  }

  private static int closing(String text, int from, int end, String closers) {
    int line = lineEnd(text, from, end);
    for (int at = from; at < line; at++) {
      if (closers.indexOf(text.charAt(at)) >= 0) {
        return at;
      }
    }
    return -1;
  }

  private static int lineEnd(String text, int from, int end) {
    int at = from;
    while (at < end && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
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
