package dev.salver.compiler.syntax;

import dev.salver.dsl.ServeLexer;
import java.util.ArrayList;
import java.util.List;

/** Splits a file's words at its declarations, so that an error in one cannot reach another. */
final class Chunks {
  private Chunks() {}

  static List<List<Word>> of(List<Word> words) {
    var chunks = new ArrayList<List<Word>>();
    int depth = 0;
    int start = 0;
    boolean onlyAnnotations = true;
    for (int i = 0; i < words.size(); i++) {
      int type = words.get(i).type();
      if (depth == 0) {
        boolean annotation = type == ServeLexer.AT_SIGN;
        boolean begins = annotation || begins(words, i);
        if (begins && !onlyAnnotations && i > start) {
          chunks.add(words.subList(start, i));
          start = i;
          onlyAnnotations = true;
        }
        if (begins && !annotation) {
          onlyAnnotations = false;
        }
      }
      depth += opens(type) ? 1 : Healer.isCloser(type) ? -1 : 0;
    }
    if (start < words.size()) {
      chunks.add(words.subList(start, words.size()));
    }
    return chunks;
  }

  private static boolean begins(List<Word> words, int at) {
    int type = words.get(at).type();
    if (!TokenKinds.isDeclaration(type)) {
      return false;
    }
    int before = at == 0 ? -1 : words.get(at - 1).type();
    int next = at + 1 < words.size() ? words.get(at + 1).type() : -1;
    return before != ServeLexer.ON
        && (type != ServeLexer.ENV || TokenKinds.isKey(next) || next == ServeLexer.STAR);
  }

  private static boolean opens(int type) {
    return Healer.isOpener(type) || type == ServeLexer.CALL || type == ServeLexer.INDEX;
  }
}
