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
  private final List<Word> words;
  private final Layout layout;
  private final boolean balanced;

  private Chunks(SourceFile file, List<Word> words) {
    this.words = words;
    this.layout = new Layout(file, words);
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
    boolean annotationLine = false;
    for (int i = 0; i < words.size(); i++) {
      int type = words.get(i).type();
      boolean annotation = type == ServeLexer.AT_SIGN;
      boolean begins =
          depth == 0 ? (annotation || begins(i)) && mayBegin(i, start) : !balanced && isAnchor(i);
      if (begins && i > start && (depth > 0 || !onlyAnnotations)) {
        chunks.add(words.subList(start, i));
        start = i;
        onlyAnnotations = true;
        depth = 0;
      }
      if (layout.startsLine(i) || annotation) {
        annotationLine = annotation;
      }
      onlyAnnotations &= annotationLine;
      depth = Math.max(0, depth + (Healer.isOpener(type) ? 1 : Healer.isCloser(type) ? -1 : 0));
    }
    if (start < words.size()) {
      chunks.add(words.subList(start, words.size()));
    }
    return chunks;
  }

  /** Where brackets do not match, what stands further right is taken to be within. */
  private boolean mayBegin(int at, int start) {
    return balanced || (layout.startsLine(at) && layout.column(at) <= layout.column(start));
  }

  private boolean begins(int at) {
    int type = words.get(at).type();
    int before = layout.type(at - 1);
    int next = layout.type(at + 1);
    if (!layout.startsLine(at)) {
      boolean named = TokenKinds.isKey(next) || next == ServeLexer.STAR;
      return TokenKinds.isDeclaration(type)
          && named
          && !layout.startsLine(at + 1)
          && before != ServeLexer.ON
          && before != ServeLexer.WHERE
          && !TokenKinds.isDeclaration(before);
    }
    if (TokenKinds.isDeclaration(type) || (type == ServeLexer.FOR && next == ServeLexer.EACH)) {
      return before != ServeLexer.ON
          && (type != ServeLexer.ENV || TokenKinds.isKey(next) || next == ServeLexer.STAR);
    }
    boolean word = TokenKinds.isKey(type) || (TokenKinds.isKeyword(type) && !continues(type));
    boolean left = layout.column(at) <= 1 || before == ServeLexer.RBRACE;
    return word && left && !TokenKinds.awaitsMore(before);
  }

  private static boolean continues(int type) {
    return (type >= ServeLexer.FROM && type <= ServeLexer.IN)
        || (type >= ServeLexer.SWITCH && type <= ServeLexer.ELSE);
  }

  private boolean isAnchor(int at) {
    int type = words.get(at).type();
    int next = layout.type(at + 1);
    if (!layout.startsLine(at) || layout.column(at) > 0) {
      return false;
    }
    if (type == ServeLexer.AT_SIGN) {
      return next == ServeLexer.NAME;
    }
    return (TokenKinds.isDeclaration(type) || type == ServeLexer.FOR)
        && (TokenKinds.isKey(next) || next == ServeLexer.STAR || next == ServeLexer.EACH);
  }
}
