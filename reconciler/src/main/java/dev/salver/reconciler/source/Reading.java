package dev.salver.reconciler.source;

import java.util.List;

/** What reading a commit brought. */
public sealed interface Reading {
  /** The commit is sound. */
  record Sound(Snapshot snapshot) implements Reading {}

  /** The commit has no folder at the path. */
  record NoPath(String commit, String path) implements Reading {}

  /** Something in it is wrong, so nothing of it is used. */
  record Rejected(String commit, List<Problem> problems) implements Reading {}
}
