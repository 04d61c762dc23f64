package dev.salver.compiler.format;

import java.util.List;
import java.util.Set;

/** Writes the pieces into lines. */
final class Printer {
  /** Columns that a line should keep to. */
  static final int WIDTH = 120;

  private static final int NARROW = 24;
  private static final Set<String> BREAKABLE_SIGNS = Set.of("->", "&&", "||");
  private static final Set<String> BREAKABLE_WORDS =
      Set.of("within", "retry", "or", "shadow", "as", "by", "else", "with");

  private final Pieces pieces;
  private final Marks marks;
  private final Brackets brackets;
  private final Spacing spacing;
  private final Lines lines = new Lines();
  private final int[] indents;
  private int forcedFlow = -1;
  private int indent;
  private int lineStart;

  Printer(Pieces pieces, Marks marks, Brackets brackets) {
    this.pieces = pieces;
    this.marks = marks;
    this.brackets = brackets;
    this.spacing = new Spacing(pieces, marks, brackets);
    this.indents = new int[pieces.size()];
  }

  String print() {
    for (int i = 0; i < pieces.size(); i++) {
      if (i == 0 || startsLine(i)) {
        breakBefore(i);
      } else {
        join(i);
      }
      piece(i);
    }
    return lines.render();
  }

  private void piece(int at) {
    Piece piece = pieces.at(at);
    String column = marks.column(at);
    if (column != null && marks.columnItem(at) == lineStart && !brackets.isBroken(at)) {
      lines.column(column);
    }
    if (piece.isOpener()) {
      indents[at] = marks.isBody(at) ? contentIndent(brackets.parent(at)) : indent;
    }
    lines.append(piece.text());
  }

  /** Whether a piece is the first one of a line. */
  private boolean startsLine(int at) {
    Piece piece = pieces.at(at);
    if (marks.hasOwnLine(at) || piece.gap().endsLine()) {
      return true;
    }
    if (piece.isCloser()) {
      return brackets.isBroken(brackets.partner(at));
    }
    int parent = brackets.parent(at);
    boolean free = parent < 0 || brackets.isBroken(parent);
    if (!free) {
      return false;
    }
    return marks.isItem(at) || at == forcedFlow || (isBreakable(at) && brokenByAuthor(at));
  }

  private boolean brokenByAuthor(int at) {
    Gap behind = pieces.at(at + 1).gap();
    return pieces.at(at).gap().hasNewline()
        || (!marks.isFlow(at) && behind.hasNewline() && !behind.endsLine());
  }

  /** Whether a line may go on behind it within one item; operators come first on their line. */
  private boolean isBreakable(int at) {
    Piece piece = pieces.at(at);
    return marks.isFlow(at)
        || marks.isClause(at)
        || brackets.isConditional(at)
        || (piece.isKeyword()
            && BREAKABLE_WORDS.contains(piece.text())
            && !pieces.at(at - 1).is("."))
        || BREAKABLE_SIGNS.contains(piece.text());
  }

  private int contentIndent(int opener) {
    return opener < 0 ? 0 : indents[opener] + 2;
  }

  private int indentOf(int at) {
    if (pieces.at(at).isCloser()) {
      return indents[brackets.partner(at)];
    }
    int base = contentIndent(brackets.parent(at));
    boolean starts = marks.isItem(at) || marks.hasOwnLine(at) || marks.isBody(at);
    return starts ? base : marks.isClause(at) ? base + 4 : base + 2;
  }

  /** What stands between a piece and the one before it, which is on the same line. */
  private void join(int at) {
    Gap gap = pieces.at(at).gap();
    boolean comma = needsComma(at);
    if (gap.remarks().isEmpty()) {
      lines.append(comma ? ", " : spacing.between(at));
      return;
    }
    boolean tight = pieces.at(at - 1).is("(") || pieces.at(at - 1).is("[");
    boolean written = !comma;
    for (Gap.Remark remark : gap.remarks()) {
      if (!written && !remark.beforeComma()) {
        lines.append(",");
        written = true;
      }
      lines.append(tight ? "" : " ");
      lines.append(remark.text());
      tight = false;
    }
    lines.append(written ? "" : ",");
    lines.append(pieces.at(at).is(")") || pieces.at(at).is("]") ? "" : " ");
  }

  private boolean needsComma(int at) {
    int parent = brackets.parent(at);
    return marks.isItem(at) && parent >= 0 && at > parent + 1 && !pieces.at(at).isCloser();
  }

  /** Ends the line, with what is said about it, and begins the one of a piece. */
  private void breakBefore(int at) {
    Piece piece = pieces.at(at);
    Gap gap = piece.gap();
    boolean ends = piece.isCloser() || at == pieces.last();
    if (needsComma(at) && (piece.is("-") || piece.is("?"))) {
      lines.append(",");
    }
    int own = 0;
    List<Gap.Remark> remarks = gap.remarks();
    while (at > 0
        && own < remarks.size()
        && remarks.get(own).newlines() == 0
        && (ends
            || remarks.get(own).endsLine()
            || gap.endsLineAfter(own)
            || (piece.afterComma() && remarks.get(own).beforeComma()))) {
      lines.remark(remarks.get(own).text());
      own++;
    }
    int first = indentOf(at);
    int inner = piece.isCloser() ? contentIndent(brackets.partner(at)) : first;
    boolean spaced = marks.isItem(at) && !isFirst(at);
    boolean open = false;
    for (int i = own; i < remarks.size(); i++) {
      Gap.Remark remark = remarks.get(i);
      if (i == own || remark.newlines() > 0 || remarks.get(i - 1).endsLine()) {
        boolean blank =
            remark.newlines() > 1
                && (i > own || spaced || (ends && !isFirst(at)))
                && (marks.isItem(at) || ends);
        lines.begin(inner, blank);
      } else {
        lines.append(" ");
      }
      lines.append(remark.text());
      open = !remark.endsLine() && gap.newlines() == 0 && !ends;
      lines.isRemark(true);
    }
    lineStart = at;
    indent = first;
    if (open) {
      lines.append(" ");
      lines.isRemark(false);
    } else {
      boolean blank = gap.newlines() > 1 && !ends && (own < remarks.size() || spaced);
      lines.begin(first, blank && marks.isItem(at));
    }
    if (at < pieces.last()) {
      fit(at);
    }
  }

  private boolean isFirst(int at) {
    return pieces.at(at).isCloser()
        ? brackets.partner(at) == at - 1
        : at == brackets.parent(at) + 1;
  }

  /** Breaks brackets up until a line is no wider than it should be, or has none left. */
  private void fit(int from) {
    while (true) {
      int until = from + 1;
      int width = indent + pieces.at(from).text().length();
      int flow = -1;
      while (until < pieces.size() && !startsLine(until)) {
        width += spacing.width(until, needsComma(until));
        flow = marks.isFlow(until) ? until : flow;
        until++;
      }
      if (width <= WIDTH) {
        return;
      }
      if (flow >= 0 && flow != forcedFlow && brackets.parent(flow) < 0) {
        forcedFlow = flow;
        continue;
      }
      int widest = widest(from, until);
      if (widest < 0) {
        return;
      }
      brackets.breakUp(widest);
    }
  }

  /** The widest bracket of a line that has more than one item, or is one of braces; else -1. */
  private int widest(int from, int until) {
    int widest = -1;
    int most = NARROW - 1;
    for (int i = from; i < until; i++) {
      if (!pieces.at(i).isOpener() || brackets.isBroken(i) || brackets.partner(i) >= until) {
        continue;
      }
      int closer = brackets.partner(i);
      boolean worth = closer > i + 1 && (pieces.at(i).is("{") || brackets.items(i) > 1);
      if (!worth) {
        continue;
      }
      int width = 0;
      for (int k = i + 1; k <= closer; k++) {
        width += spacing.width(k, needsComma(k));
      }
      if (width > most) {
        most = width;
        widest = i;
      }
      i = closer;
    }
    return widest;
  }
}
