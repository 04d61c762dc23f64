package dev.salver.compiler.format;

import java.util.List;

/**
 * What stands before a piece.
 *
 * @param newlines line ends between the last remark, or else the piece before, and the piece
 */
record Gap(List<Remark> remarks, int newlines) {
  private static final Gap[] BARE = {
    new Gap(List.of(), 0), new Gap(List.of(), 1), new Gap(List.of(), 2)
  };

  /**
   * A comment.
   *
   * @param newlines line ends before it, up to the remark or piece before
   * @param beforeComma whether the comma of the gap follows it
   * @param endsLine whether nothing can follow on its line
   */
  record Remark(String text, int newlines, boolean beforeComma, boolean endsLine) {}

  static Gap bare(int newlines) {
    return BARE[Math.min(newlines, 2)];
  }

  boolean hasNewline() {
    return newlines > 0 || remarks.stream().anyMatch(each -> each.newlines() > 0);
  }

  /** Whether what follows cannot stand on the line of what is before. */
  boolean endsLine() {
    return !remarks.isEmpty() && remarks.stream().anyMatch(Remark::endsLine);
  }

  /** Whether a line ends behind a remark. */
  boolean endsLineAfter(int remark) {
    return newlines > 0 || remarks.stream().skip(remark + 1L).anyMatch(each -> each.newlines() > 0);
  }
}
