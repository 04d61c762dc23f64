package dev.salver.compiler.format;

import java.util.BitSet;
import java.util.Set;

/** Which bracket belongs to which, what is in it, and whether its items have a line each. */
final class Brackets {
  private static final Set<String> VALUES = Set.of("true", "false", "unset", "env");

  private final Pieces pieces;
  private final Marks marks;
  private final int[] partner;
  private final int[] parent;
  private final int[] items;
  private final BitSet broken = new BitSet();

  /** Brackets that hold a broken one, however deep. */
  private final BitSet holding = new BitSet();

  private final BitSet conditionals = new BitSet();
  private final BitSet prefixes = new BitSet();

  private Brackets(Pieces pieces, Marks marks) {
    this.pieces = pieces;
    this.marks = marks;
    this.partner = new int[pieces.size()];
    this.parent = new int[pieces.size()];
    this.items = new int[pieces.size()];
  }

  static Brackets of(Pieces pieces, Marks marks) {
    var brackets = new Brackets(pieces, marks);
    brackets.match();
    for (int i = pieces.last() - 1; i >= 0; i--) {
      // Openers from the last to the first: those within one come before it.
      if (pieces.at(i).isOpener()) {
        brackets.broken.set(i, brackets.breaks(i));
      }
    }
    return brackets;
  }

  /** The other bracket of a pair. */
  int partner(int piece) {
    return partner[piece];
  }

  /** The opener of the bracket around a piece, or -1; a bracket's own is that around it. */
  int parent(int piece) {
    return parent[piece];
  }

  /** How many items an opener has. */
  int items(int opener) {
    return items[opener];
  }

  boolean isBroken(int opener) {
    return broken.get(opener);
  }

  void breakUp(int opener) {
    broken.set(opener);
  }

  /** Whether a {@code ?} or {@code :} is that of {@code a ? b : c}. */
  boolean isConditional(int piece) {
    return conditionals.get(piece);
  }

  /** Whether an operator stands before its only operand. */
  boolean isPrefix(int piece) {
    return prefixes.get(piece);
  }

  private void match() {
    int around = -1;
    // Conditionals that wait for their colon, by the bracket around them; index 0 is none.
    int[] waiting = new int[pieces.size() + 1];
    for (int i = 0; i < pieces.size(); i++) {
      Piece piece = pieces.at(i);
      if (piece.isCloser() && around >= 0) {
        partner[around] = i;
        partner[i] = around;
        around = parent[around];
      } else if (startsItem(i, around)) {
        marks.item(i);
        if (around >= 0) {
          items[around]++;
        }
        waiting[around + 1] = 0;
      }
      parent[i] = around;
      if (piece.isOpener()) {
        around = i;
      } else if (piece.isPunctuation("?") && !marks.isItem(i) && endsOperand(i - 1)) {
        conditionals.set(i);
        waiting[around + 1]++;
      } else if (piece.isPunctuation(":") && waiting[around + 1] > 0) {
        conditionals.set(i);
        waiting[around + 1]--;
      } else if (piece.isPunctuation("!")) {
        prefixes.set(i);
      } else if (piece.isPunctuation("-")) {
        prefixes.set(i, marks.isItem(i) || !endsOperand(i - 1));
      }
    }
  }

  private boolean startsItem(int at, int around) {
    if (at == around + 1 || marks.isItem(at) || pieces.at(at).afterComma()) {
      return true;
    }
    return around >= 0 && !pieces.at(around).is("{") && endsOperand(at - 1) && startsOperand(at);
  }

  /** Whether a value or a type may end here. */
  private boolean endsOperand(int at) {
    if (at < 0) {
      return false;
    }
    Piece piece = pieces.at(at);
    return switch (piece.kind()) {
      case NAME, TYPE_NAME, NUMBER, STRING -> true;
      case KEYWORD -> VALUES.contains(piece.text()) || pieces.at(at - 1).is(".");
      default -> piece.isCloser() || (piece.is("?") && !conditionals.get(at));
    };
  }

  private boolean startsOperand(int at) {
    Piece piece = pieces.at(at);
    return switch (piece.kind()) {
      case NAME, TYPE_NAME, NUMBER, STRING -> true;
      case KEYWORD -> {
        String next = pieces.at(at + 1).text();
        yield VALUES.contains(piece.text()) || next.equals("=") || next.equals(".");
      }
      default -> piece.is("{") || piece.is("!") || (piece.isOpener() && !piece.touches());
    };
  }

  private boolean breaks(int opener) {
    int closer = partner[opener];
    if (closer == opener + 1) {
      Gap gap = pieces.at(closer).gap();
      return !gap.remarks().isEmpty() && gap.hasNewline();
    }
    if (pieces.at(opener + 1).gap().hasNewline()) {
      return true;
    }
    int split = 0;
    int last = -1;
    boolean holds = false;
    for (int i = opener + 1; i <= closer; i++) {
      if (pieces.at(i).gap().endsLine() || marks.hasOwnLine(i)) {
        return true;
      }
      if (i < closer && pieces.at(i).isOpener()) {
        holds |= broken.get(i) || holding.get(i);
        split += broken.get(i) ? 1 : 0;
        last = broken.get(i) ? partner[i] : last;
        i = partner[i];
      }
    }
    holding.set(opener, holds);
    return pieces.at(opener).is("{") ? holds : split > 0 && (split > 1 || last + 1 != closer);
  }
}
