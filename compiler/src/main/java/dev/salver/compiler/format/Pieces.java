package dev.salver.compiler.format;

import dev.salver.compiler.syntax.SourceUnit;
import dev.salver.compiler.syntax.Token;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The pieces of a file in order; the last one is empty and stands for the end. */
final class Pieces {
  private final List<Piece> all = new ArrayList<>();
  private final List<Gap.Remark> remarks = new ArrayList<>();
  private int[] starts = {};
  private int newlines;
  private boolean comma;
  private int end;

  private Pieces() {}

  static Pieces of(SourceUnit unit) {
    var pieces = new Pieces();
    String text = unit.file().text();
    for (Token token : unit.tokens()) {
      pieces.take(token, text);
    }
    pieces.add(Token.Kind.SPACE, "", text.length());
    pieces.starts = pieces.all.stream().mapToInt(Piece::start).toArray();
    return pieces;
  }

  int size() {
    return all.size();
  }

  /** The index of the empty piece at the end. */
  int last() {
    return all.size() - 1;
  }

  Piece at(int index) {
    return all.get(index);
  }

  /** The piece that starts at an offset, or a negative number where none does. */
  int startingAt(int offset) {
    return Arrays.binarySearch(starts, offset);
  }

  /** The first piece that starts at an offset or behind it. */
  int from(int offset) {
    int found = Arrays.binarySearch(starts, offset);
    return found >= 0 ? found : -found - 1;
  }

  private void take(Token token, String text) {
    switch (token.kind()) {
      case SPACE -> {}
      case NEWLINE -> newlines++;
      case DOC, COMMENT -> {
        String words = text.substring(token.start(), token.end());
        boolean endsLine = words.startsWith("//");
        remarks.add(new Gap.Remark(tidy(words), newlines, !comma, endsLine));
        newlines = 0;
      }
      default -> {
        String words = text.substring(token.start(), token.end());
        if (words.equals(",")) {
          comma = true;
        } else {
          add(token.kind(), words, token.start());
          end = token.end();
        }
      }
    }
  }

  private void add(Token.Kind kind, String words, int start) {
    var gap = remarks.isEmpty() ? Gap.bare(newlines) : new Gap(List.copyOf(remarks), newlines);
    all.add(new Piece(kind, words, start, comma, start == end, gap));
    remarks.clear();
    newlines = 0;
    comma = false;
  }

  /** Without spaces at the ends of its lines. */
  private static String tidy(String comment) {
    if (comment.indexOf('\n') < 0 && comment.indexOf('\r') < 0) {
      return comment.stripTrailing();
    }
    var out = new StringBuilder();
    comment.lines().forEach(line -> out.append(line.stripTrailing()).append('\n'));
    out.setLength(out.length() - 1);
    return out.toString();
  }
}
