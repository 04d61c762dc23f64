package dev.salver.compiler.syntax;

import dev.salver.compiler.source.SourceFile;
import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits a file's words at its declarations, so that an error in one cannot reach another. Outside
 * of brackets a declaration's keyword begins one, and so does a word in the first column that goes
 * on with nothing; where brackets do not match, a declaration's keyword in the first column does.
 */
final class Chunks {
  private final SourceFile file;
  private final List<Word> words;
  private final boolean balanced;

  private Chunks(SourceFile file, List<Word> words) {
    this.file = file;
    this.words = words;
    this.balanced = Healer.isBalanced(words);
  }

  static List<List<Word>> of(SourceFile file, List<Word> words) {
    return new Chunks(file, words).split();
  }

  private List<List<Word>> split() {
    var chunks = new ArrayList<List<Word>>();
    int depth = 0;
    int start = 0;
    boolean onlyAnnotations = true;
    for (int i = 0; i < words.size(); i++) {
      int type = words.get(i).type();
      boolean annotation = type == ServeLexer.AT_SIGN;
      boolean begins =
          depth == 0
              ? (annotation || begins(i)) && mayBegin(i, start)
              : !balanced && isAnchor(i);
      if (begins && i > start && (depth > 0 || !onlyAnnotations)) {
        chunks.add(words.subList(start, i));
        start = i;
        onlyAnnotations = true;
        depth = 0;
      }
      onlyAnnotations &= depth > 0 || isOfAnnotation(i);
      depth = Math.max(0, depth + (Healer.isOpener(type) ? 1 : Healer.isCloser(type) ? -1 : 0));
    }
    if (start < words.size()) {
      chunks.add(words.subList(start, words.size()));
    }
    return chunks;
  }

  private boolean isOfAnnotation(int at) {
    int type = words.get(at).type();
    return type == ServeLexer.AT_SIGN
        || type(at - 1) == ServeLexer.AT_SIGN
        || type == ServeLexer.LPAREN
        || type == ServeLexer.RPAREN;
  }

  /** Where brackets do not match, what stands further right is taken to be within. */
  private boolean mayBegin(int at, int start) {
    return balanced || (startsLine(at) && column(at) <= column(start));
  }

  private boolean begins(int at) {
    int type = words.get(at).type();
    int before = type(at - 1);
    int next = type(at + 1);
    if (!startsLine(at)) {
      boolean named = TokenKinds.isKey(next) || next == ServeLexer.STAR;
      return TokenKinds.isDeclaration(type)
          && named
          && !startsLine(at + 1)
          && before != ServeLexer.ON
          && !TokenKinds.isDeclaration(before);
    }
    if (TokenKinds.isDeclaration(type) || (type == ServeLexer.FOR && next == ServeLexer.EACH)) {
      return before != ServeLexer.ON
          && (type != ServeLexer.ENV || TokenKinds.isKey(next) || next == ServeLexer.STAR);
    }
    boolean word = TokenKinds.isKey(type) || (TokenKinds.isKeyword(type) && !continues(type));
    return word && column(at) == 0 && !TokenKinds.awaitsMore(before);
  }

  private static boolean continues(int type) {
    return (type >= ServeLexer.FROM && type <= ServeLexer.IN)
        || (type >= ServeLexer.SWITCH && type <= ServeLexer.ELSE);
  }

  private boolean isAnchor(int at) {
    int type = words.get(at).type();
    int next = type(at + 1);
    if (!startsLine(at) || column(at) > 0) {
      return false;
    }
    if (type == ServeLexer.AT_SIGN) {
      return next == ServeLexer.NAME;
    }
    return (TokenKinds.isDeclaration(type) || type == ServeLexer.FOR)
        && (TokenKinds.isKey(next) || next == ServeLexer.STAR || next == ServeLexer.EACH);
  }

  private boolean startsLine(int at) {
    return at <= 0 || at >= words.size() || line(at - 1) < line(at);
  }

  private int line(int at) {
    return file.lines().lineAt(words.get(at).start());
  }

  private int column(int at) {
    return words.get(at).start() - file.lines().start(line(at));
  }

  private int type(int at) {
    return at < 0 || at >= words.size() ? -1 : words.get(at).type();
  }
}
