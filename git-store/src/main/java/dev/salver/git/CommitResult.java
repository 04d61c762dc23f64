package dev.salver.git;

/** What became of a commit. */
public sealed interface CommitResult {
  /** The commit that the branch points to now. */
  String id();

  /** A new commit is the branch's head. */
  record Committed(String id, String branch) implements CommitResult {}

  /** The files were there already; no commit was made. */
  record Unchanged(String id) implements CommitResult {}
}
