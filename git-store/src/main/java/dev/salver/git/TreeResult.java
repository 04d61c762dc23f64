package dev.salver.git;

import java.util.List;
import java.util.SortedMap;

/** What lies under a path of a commit. */
public sealed interface TreeResult {
  /**
   * Every file under the path.
   *
   * @param commit full id
   * @param tree id of the path's tree: equal ids mean equal content
   * @param files by path relative to the path that was asked for
   */
  record Tree(String commit, String tree, SortedMap<String, Entry> files) implements TreeResult {}

  /** The commit has no folder there. */
  record Missing(String commit, String path) implements TreeResult {}

  /** Something lies there that is never read; nothing of the tree may be used. */
  record Refused(String commit, List<Problem> problems) implements TreeResult {}

  /** One file: equal blobs mean equal content. */
  record Entry(String blob, long bytes) {}

  /** What is wrong with one path. */
  record Problem(String path, String message) {}
}
