package dev.salver.compiler.format;

import dev.salver.compiler.syntax.Token;

/** What stands between two pieces of a line that no comma parts. */
final class Spacing {
  private final Pieces pieces;
  private final Marks marks;
  private final Brackets brackets;

  Spacing(Pieces pieces, Marks marks, Brackets brackets) {
    this.pieces = pieces;
    this.marks = marks;
    this.brackets = brackets;
  }

  /** Columns that a piece adds to the line of the one before it. */
  int width(int at, boolean comma) {
    int remarks = 0;
    for (Gap.Remark remark : pieces.at(at).gap().remarks()) {
      remarks += remark.text().length() + 1;
    }
    return pieces.at(at).text().length() + remarks + (comma ? 2 : between(at).length());
  }

  /** A space, or nothing, before a piece. */
  String between(int at) {
    return isTight(at) ? "" : " ";
  }

  private boolean isTight(int at) {
    Piece piece = pieces.at(at);
    Piece before = pieces.at(at - 1);
    if (brackets.isPrefix(at - 1)) {
      return true;
    }
    if (before.kind() == Token.Kind.PUNCTUATION && hugsNext(before.text())) {
      return true;
    }
    if (piece.kind() != Token.Kind.PUNCTUATION) {
      return false;
    }
    return switch (piece.text()) {
      case ")", "]", ".", ".." -> true;
      case ":" -> !brackets.isConditional(at);
      case "(", "[" -> marks.isSignature(at) || (piece.touches() && canTouch(before));
      default -> false;
    };
  }

  private static boolean hugsNext(String text) {
    return switch (text) {
      case "(", "[", ".", "..", "@" -> true;
      default -> false;
    };
  }

  /** Whether brackets behind it are those of a call or an index if they touch it. */
  private static boolean canTouch(Piece before) {
    return switch (before.kind()) {
      case NAME, TYPE_NAME, KEYWORD -> true;
      default -> before.is(")") || before.is("]");
    };
  }
}
