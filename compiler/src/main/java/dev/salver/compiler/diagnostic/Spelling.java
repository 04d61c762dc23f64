package dev.salver.compiler.diagnostic;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/** Names that fixes write: the known one nearest to a mistyped one, one that nothing has yet. */
public final class Spelling {
  private Spelling() {}

  /**
   * The nearest word at most one edit per three characters away, three at most; swapped neighbours
   * are one edit, and case is none. Ties go to the word that sorts first.
   */
  public static Optional<String> nearest(String typed, Collection<String> known) {
    if (typed.length() > 64) {
      return Optional.empty();
    }
    String word = typed.toLowerCase(Locale.ROOT);
    int limit = Math.min(3, Math.max(1, (word.length() + 1) / 3));
    String best = null;
    int distance = limit + 1;
    for (String candidate : known) {
      int edits = edits(word, candidate.toLowerCase(Locale.ROOT), limit);
      if (edits < distance
          || (edits == distance && best != null && candidate.compareTo(best) < 0)) {
        best = candidate;
        distance = edits;
      }
    }
    return distance <= limit ? Optional.ofNullable(best) : Optional.empty();
  }

  /** The name with the first number behind it that is not taken. */
  public static String free(String name, Predicate<String> taken) {
    int number = 2;
    while (taken.test(name + number)) {
      number++;
    }
    return name + number;
  }

  private static int edits(String a, String b, int limit) {
    if (Math.abs(a.length() - b.length()) > limit) {
      return limit + 1;
    }
    int[][] table = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      table[i][0] = i;
    }
    for (int j = 0; j <= b.length(); j++) {
      table[0][j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int swap = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int least =
            Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + swap);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          least = Math.min(least, table[i - 2][j - 2] + 1);
        }
        table[i][j] = least;
      }
    }
    return table[a.length()][b.length()];
  }
}
