package dev.salver.git;

/**
 * How much of a tree is taken; a tree beyond a limit is refused as a whole.
 *
 * @param files most files under the path
 * @param fileBytes largest single file
 * @param totalBytes all files together
 * @param depth most folders on top of each other
 */
public record Limits(int files, long fileBytes, long totalBytes, int depth) {
  /** A repository of ten thousand models, each file no larger than an API server would take. */
  public static final Limits DEFAULT = new Limits(20_000, 3L * 1024 * 1024, 256L * 1024 * 1024, 32);
}
