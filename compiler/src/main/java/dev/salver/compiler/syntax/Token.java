package dev.salver.compiler.syntax;

import java.util.List;

/**
 * A token as it stands in the text, trivia included: all tokens of a file, one after the other, are
 * the file.
 */
public record Token(Kind kind, int start, int end) {
  /** What a token is to an editor or a formatter. */
  public enum Kind {
    KEYWORD,
    NAME,
    TYPE_NAME,
    NUMBER,
    STRING,
    PUNCTUATION,
    DOC,
    COMMENT,
    SPACE,
    NEWLINE,
    BROKEN
  }

  /** Index of the first token that does not start before an offset. */
  public static int firstFrom(List<Token> tokens, int offset) {
    int low = 0;
    int high = tokens.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tokens.get(middle).start() < offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
