package dev.salver.git;

import java.util.Optional;

/** What a look at the remote branch brought. Messages never hold credentials. */
public sealed interface FetchResult {
  /**
   * The remote branch's newest commit is in the mirror.
   *
   * @param accepted what {@link Mirror#accept} was last told
   */
  record Fetched(String commit, Optional<String> accepted, History history)
      implements FetchResult {}

  /** Nothing was fetched; the mirror is as it was. */
  record Failed(Reason reason, String message) implements FetchResult {}

  /** How the newest commit stands to the accepted one. */
  enum History {
    /** Nothing was accepted yet. */
    FIRST,
    /** It is the accepted one. */
    SAME,
    /** The accepted commit is among its ancestors. */
    FORWARD,
    /** The accepted commit is not among its last ancestors: a force-push, or another repository. */
    REWRITTEN
  }

  /** Why nothing was fetched. */
  enum Reason {
    /** The address is malformed or its transport is not allowed. */
    ADDRESS,
    /** There is no repository at the address. */
    REPOSITORY,
    /** The repository has no such branch. */
    BRANCH,
    /** The remote wants other credentials, or any. */
    CREDENTIALS,
    /** The remote cannot be reached, or hung up. */
    UNREACHABLE,
    /** It took longer than allowed. */
    DEADLINE,
    /** What came is not a sound Git history. */
    CONTENT
  }
}
