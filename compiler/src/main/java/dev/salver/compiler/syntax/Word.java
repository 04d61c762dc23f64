package dev.salver.compiler.syntax;

/** A word for the parser; the type is the lexer's. An inserted one is empty. */
record Word(int type, int start, int end) {
  Word as(int other) {
    return new Word(other, start, end);
  }

  boolean isInserted() {
    return start == end;
  }
}
