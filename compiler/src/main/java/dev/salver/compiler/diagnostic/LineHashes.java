package dev.salver.compiler.diagnostic;

import dev.salver.compiler.source.SourceFile;
import java.util.Arrays;
import java.util.HashMap;

/**
 * A hash for each line of a file that stays the same when lines are added or removed elsewhere:
 * over the 100 characters from its beginning on, blanks left out, and the number of such lines so
 * far. What GitHub's code scanning calls {@code primaryLocationLineHash}, so that a report that is
 * uploaded by its API names the same findings as one that is uploaded by its action.
 */
final class LineHashes {
  private static final int BLOCK = 100;
  private static final long FACTOR = 37;
  private static final int END = 0xFFFF;

  private final int[] window = new int[BLOCK];

  /** The lines that begin at those places of the window, from 1; 0 for none. */
  private final int[] begins = new int[BLOCK];

  private final String[] hashes;
  private final HashMap<String, Integer> counts = new HashMap<>();
  private final long leaving;
  private long hash;
  private int at;

  private LineHashes(int lines) {
    this.hashes = new String[lines];
    Arrays.fill(hashes, "");
    long power = 1;
    for (int i = 0; i < BLOCK; i++) {
      power *= FACTOR;
    }
    this.leaving = power;
  }

  /** Of each line, the first at index 0. */
  static String[] of(SourceFile file) {
    var hashes = new LineHashes(file.lines().count());
    hashes.read(file.text());
    return hashes.hashes;
  }

  private void read(String text) {
    int line = 0;
    boolean starts = true;
    for (int i = 0; i <= text.length(); i++) {
      int c = i == text.length() ? END : text.charAt(i);
      boolean second = c == '\n' && i > 0 && text.charAt(i - 1) == '\r';
      if (c == ' ' || c == '\t' || second) {
        continue;
      }
      c = c == '\r' ? '\n' : c;
      finish();
      if (starts) {
        begins[at] = ++line;
      }
      starts = c == '\n';
      take(c);
    }
    for (int i = 0; i < BLOCK; i++) {
      finish();
      take(0);
    }
  }

  private void take(int c) {
    hash = FACTOR * hash + c - leaving * window[at];
    window[at] = c;
    at = (at + 1) % BLOCK;
  }

  /** The line that began a whole window ago is known now. */
  private void finish() {
    int line = begins[at];
    if (line > 0 && line <= hashes.length) {
      String hex = Long.toHexString(hash);
      hashes[line - 1] = hex + ":" + counts.merge(hex, 1, Integer::sum);
    }
    begins[at] = 0;
  }
}
