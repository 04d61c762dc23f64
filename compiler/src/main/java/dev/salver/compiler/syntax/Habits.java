package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Edit;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeLexer;
import java.util.List;
import java.util.Optional;

/**
 * What other languages write otherwise: comments behind {@code #}, texts in other quotes, addresses
 * without any. It is read as it was meant, so that one habit is one report.
 */
final class Habits {
  private Habits() {}

  /**
   * @param word what it is read as, nothing for a comment
   * @param end where reading goes on
   */
  record Seen(Diagnostic diagnostic, Optional<Word> word, int end) {}

  /** At a character that begins no word. */
  static Optional<Seen> at(SourceFile file, int at) {
    return switch (file.text().charAt(at)) {
      case '#' -> Optional.of(comment(file, at));
      case '\'' -> text(file, at, "'");
      case '`' -> text(file, at, "`");
      case '“', '”' -> text(file, at, "“”");
      case '‘', '’' -> text(file, at, "‘’");
      default -> Optional.empty();
    };
  }

  private static Seen comment(SourceFile file, int at) {
    String text = file.text();
    int behind = at;
    while (behind < text.length() && text.charAt(behind) == '#') {
      behind++;
    }
    var span = new Span(file, at, behind);
    var diagnostic =
        Diagnostic.of(Code.SV0108, span, "a comment begins with `//`")
            .fixedBy(Fix.replace(span, "//"));
    return new Seen(diagnostic, Optional.empty(), lineEnd(text, at));
  }

  private static Optional<Seen> text(SourceFile file, int at, String closers) {
    String text = file.text();
    int lineEnd = lineEnd(text, at);
    int close = at + 1;
    while (close < lineEnd && closers.indexOf(text.charAt(close)) < 0) {
      if (text.charAt(close) == '"' || text.charAt(close) == '\\') {
        return Optional.empty();
      }
      close++;
    }
    if (close >= lineEnd) {
      return Optional.empty();
    }
    var span = new Span(file, at, close + 1);
    var quotes =
        new Fix(
            "write `\"" + text.substring(at + 1, close) + "\"`",
            List.of(
                new Edit(new Span(file, at, at + 1), "\""),
                new Edit(new Span(file, close, close + 1), "\"")));
    var diagnostic =
        Diagnostic.of(Code.SV0108, span, "a text stands in double quotes").fixedBy(quotes);
    var word = new Word(ServeLexer.STRING, at, close + 1);
    return Optional.of(new Seen(diagnostic, Optional.of(word), close + 1));
  }

  /**
   * {@code from s3://models/fraud.onnx}, whose slashes would begin a comment.
   *
   * @param before the two words before the colon
   */
  static Optional<Seen> bareSource(SourceFile file, Word before, Word scheme, int colon, int end) {
    String text = file.text();
    boolean source = before.type() == ServeLexer.FROM;
    boolean address = before.type() == ServeLexer.EQ && text.startsWith("//", colon + 1);
    if (!(source || address) || scheme.type() != ServeLexer.NAME || scheme.end() != colon) {
      return Optional.empty();
    }
    int until = sourceEnd(text, colon + 1, end);
    if (until == colon + 1) {
      return Optional.empty();
    }
    var span = new Span(file, scheme.start(), until);
    var diagnostic =
        Diagnostic.of(Code.SV0106, span, "an address is a text, in double quotes")
            .fixedBy(Fix.replace(span, "\"" + span.text() + "\""));
    var word = new Word(ServeLexer.MISSING, span.start(), until);
    return Optional.of(new Seen(diagnostic, Optional.of(word), until));
  }

  private static int sourceEnd(String text, int from, int end) {
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

  private static int lineEnd(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }
}
