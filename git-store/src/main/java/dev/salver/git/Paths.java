package dev.salver.git;

import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.Repository;

/** Names that are safe in a tree on every system, and branch names. */
final class Paths {
  private Paths() {}

  /** Empty for the root; no leading, trailing or double slash otherwise. */
  static String folder(String path) {
    String trimmed = path.strip();
    while (trimmed.startsWith("/") || trimmed.startsWith("./")) {
      trimmed = trimmed.substring(trimmed.indexOf('/') + 1);
    }
    while (trimmed.endsWith("/")) {
      trimmed = trimmed.substring(0, trimmed.length() - 1);
    }
    if (trimmed.isEmpty() || trimmed.equals(".")) {
      return "";
    }
    checked(trimmed);
    return trimmed;
  }

  /**
   * A path as it is, where every part may be a file name on Linux, macOS and Windows.
   *
   * @throws IllegalArgumentException naming the path and what is wrong with it
   */
  static String checked(String path) {
    try {
      new ObjectChecker().setSafeForWindows(true).setSafeForMacOS(true).checkPath(path);
      return path;
    } catch (CorruptObjectException e) {
      throw new IllegalArgumentException(
          "'" + path + "' cannot be a path in Git: " + e.getMessage(), e);
    }
  }

  static boolean isBranch(String name) {
    return !name.isEmpty() && Repository.isValidRefName("refs/heads/" + name);
  }

  /** {@code refs/heads/main}. */
  static String ref(String branch) {
    if (!isBranch(branch)) {
      throw new IllegalArgumentException("'" + branch + "' cannot be a branch name");
    }
    return "refs/heads/" + branch;
  }
}
