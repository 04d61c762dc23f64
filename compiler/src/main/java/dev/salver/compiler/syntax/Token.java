package dev.salver.compiler.syntax;

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
}
