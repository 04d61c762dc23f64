package dev.salver.compiler.syntax;

import dev.salver.compiler.diagnostic.Code;
import dev.salver.compiler.diagnostic.Diagnostic;
import dev.salver.compiler.diagnostic.Fix;
import dev.salver.compiler.source.SourceFile;
import dev.salver.compiler.source.Span;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Closes what was left open before the parser sees it. A text whose brackets match is never
 * touched; where they do not, the layout says what was meant.
 */
final class Healer {
  private final SourceFile file;
  private final List<Diagnostic> diagnostics;
  private final List<Word> out = new ArrayList<>();
  private final Deque<Word> open = new ArrayDeque<>();

  private Healer(SourceFile file, List<Diagnostic> diagnostics) {
    this.file = file;
    this.diagnostics = diagnostics;
  }

  /** The words with brackets that match. */
  static List<Word> heal(SourceFile file, List<Word> words, List<Diagnostic> diagnostics) {
    if (isBalanced(words)) {
      return words;
    }
    var healer = new Healer(file, diagnostics);
    for (int i = 0; i < words.size(); i++) {
      healer.take(words, i);
    }
    while (!healer.open.isEmpty()) {
      healer.close();
    }
    return healer.out;
  }

  /** Without the errors beside a bracket that does not match, as those follow from it. */
  static List<Diagnostic> unexplained(List<Diagnostic> diagnostics) {
    var lines = new HashSet<Integer>();
    for (Diagnostic each : diagnostics) {
      if (isOfBrackets(each)) {
        lines.add(each.span().from().line());
        each.related().forEach(place -> lines.add(place.span().from().line()));
      }
    }
    return diagnostics.stream()
        .filter(each -> isOfBrackets(each) || !isBeside(lines, each.span().from().line()))
        .toList();
  }

  private static boolean isBeside(Set<Integer> lines, int line) {
    return lines.contains(line - 1) || lines.contains(line) || lines.contains(line + 1);
  }

  static boolean isOfBrackets(Diagnostic diagnostic) {
    return diagnostic.code() == Code.SV0101 || diagnostic.code() == Code.SV0103;
  }

  static boolean isBalanced(List<Word> words) {
    var open = new ArrayDeque<Word>();
    for (Word word : words) {
      if (isOpener(word.type())) {
        open.push(word);
      } else if (isCloser(word.type())) {
        if (open.isEmpty() || closer(open.pop().type()) != word.type()) {
          return false;
        }
      }
    }
    return open.isEmpty();
  }

  private void take(List<Word> words, int at) {
    Word word = words.get(at);
    if (startsDeclaration(words, at)) {
      while (!open.isEmpty()) {
        close();
      }
    }
    if (isOpener(word.type())) {
      open.push(word);
    } else if (isCloser(word.type())) {
      if (!matches(word)) {
        stray(word);
        return;
      }
      open.pop();
    }
    out.add(word);
  }

  /** Closes inner brackets until the one that this closer was meant for is on top. */
  private boolean matches(Word closer) {
    while (!open.isEmpty()) {
      Word top = open.getFirst();
      boolean fits = closer(top.type()) == closer.type();
      boolean leftOfOpener =
          closer.type() == ServeLexer.RBRACE
              && isFirst(closer.start())
              && column(closer.start()) < indent(top.start());
      if (fits && !(leftOfOpener && enclosed(closer))) {
        return true;
      }
      if (!fits && !enclosed(closer)) {
        return false;
      }
      close();
    }
    return false;
  }

  /** Whether a bracket below the top is closed by it. */
  private boolean enclosed(Word closer) {
    return open.stream().skip(1).anyMatch(each -> closer(each.type()) == closer.type());
  }

  private void close() {
    Word opener = open.pop();
    int index = dedent(opener);
    int at = out.get(index - 1).end();
    String text = text(closer(opener.type()));
    out.add(index, new Word(closer(opener.type()), at, at));
    diagnostics.add(
        Diagnostic.of(
                Code.SV0101,
                new Span(file, opener.start(), opener.end()),
                "this `" + file.text().charAt(opener.start()) + "` is never closed")
            .fixedBy(Fix.insert("insert `" + text + "`", file, at, insertion(opener, at, text))));
  }

  /**
   * Where a bracket should have closed: before the first line that stands no further right than the
   * one that opened it, else at the end.
   */
  private int dedent(Word opener) {
    int first = out.lastIndexOf(opener) + 1;
    for (int i = first; i < out.size(); i++) {
      int start = out.get(i).start();
      if (isFirst(start) && start > opener.start() && column(start) <= indent(opener.start())) {
        return i;
      }
    }
    return out.size();
  }

  private String insertion(Word opener, int at, String text) {
    var lines = file.lines();
    boolean sameLine = lines.lineAt(opener.start()) == lines.lineAt(at);
    return sameLine ? " " + text : "\n" + " ".repeat(indent(opener.start())) + text;
  }

  private void stray(Word word) {
    var span = new Span(file, word.start(), word.end());
    diagnostics.add(
        Diagnostic.of(Code.SV0103, span, "this `" + span.text() + "` closes nothing")
            .fixedBy(Fix.delete("remove it", span)));
  }

  private boolean startsDeclaration(List<Word> words, int at) {
    Word word = words.get(at);
    if (open.isEmpty()
        || !TokenKinds.isDeclaration(word.type())
        || !isFirst(word.start())
        || column(word.start()) != 0
        || at + 1 == words.size()) {
      return false;
    }
    int next = words.get(at + 1).type();
    return TokenKinds.isKey(next) || next == ServeLexer.STAR || next == ServeLexer.EACH;
  }

  private boolean isFirst(int offset) {
    String text = file.text();
    for (int i = offset - 1; i >= 0; i--) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        return true;
      }
      if (c != ' ' && c != '\t') {
        return false;
      }
    }
    return true;
  }

  private int column(int offset) {
    var lines = file.lines();
    return offset - lines.start(lines.lineAt(offset));
  }

  /** How far the line of an offset is indented. */
  private int indent(int offset) {
    var lines = file.lines();
    int start = lines.start(lines.lineAt(offset));
    int at = start;
    while (at < offset && Character.isWhitespace(file.text().charAt(at))) {
      at++;
    }
    return at - start;
  }

  static boolean isOpener(int type) {
    return type == ServeLexer.LBRACE || type == ServeLexer.LPAREN || type == ServeLexer.LBRACK;
  }

  static boolean isCloser(int type) {
    return type == ServeLexer.RBRACE || type == ServeLexer.RPAREN || type == ServeLexer.RBRACK;
  }

  static int closer(int opener) {
    return switch (opener) {
      case ServeLexer.LBRACE -> ServeLexer.RBRACE;
      case ServeLexer.LPAREN -> ServeLexer.RPAREN;
      default -> ServeLexer.RBRACK;
    };
  }

  private static String text(int closer) {
    return switch (closer) {
      case ServeLexer.RBRACE -> "}";
      case ServeLexer.RPAREN -> ")";
      default -> "]";
    };
  }
}
