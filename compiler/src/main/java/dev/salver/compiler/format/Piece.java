package dev.salver.compiler.format;

import dev.salver.compiler.syntax.Token;

/**
 * A token that is written: neither space nor comment nor comma.
 *
 * @param afterComma whether a comma stands between it and the piece before
 * @param touches whether nothing at all stands between the two
 */
record Piece(
    Token.Kind kind, String text, int start, boolean afterComma, boolean touches, Gap gap) {
  boolean is(String other) {
    return text.equals(other);
  }

  boolean isOpener() {
    return kind == Token.Kind.PUNCTUATION && (is("{") || is("[") || is("("));
  }

  boolean isCloser() {
    return kind == Token.Kind.PUNCTUATION && (is("}") || is("]") || is(")"));
  }

  boolean isKeyword() {
    return kind == Token.Kind.KEYWORD;
  }

  boolean isPunctuation(String other) {
    return kind == Token.Kind.PUNCTUATION && is(other);
  }
}
