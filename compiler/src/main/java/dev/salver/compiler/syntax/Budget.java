package dev.salver.compiler.syntax;

/**
 * Words that may still be read again for one file, so that the time stays linear; behind a limit
 * nothing is mended, and what is wrong is told as it stands.
 */
final class Budget {
  private static final long LEAST = 20_000;
  private static final long EACH = 8;
  private static final long MOST = 400_000;

  private long left;

  Budget(int words) {
    this.left = Math.min(MOST, LEAST + EACH * words);
  }

  boolean allows(int words) {
    return left >= words;
  }

  boolean take(int words) {
    left -= words;
    return left >= 0;
  }
}
