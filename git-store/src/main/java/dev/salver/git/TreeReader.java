package dev.salver.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectChecker;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Lists and reads trees of one repository within limits. */
final class TreeReader {
  /** How many problems are named before the rest is left out. */
  private static final int NAMED = 20;

  private static final byte[] LFS =
      "version https://git-lfs.github.com/spec/".getBytes(StandardCharsets.US_ASCII);

  private final Repository repository;
  private final ObjectChecker checker = new ObjectChecker();

  TreeReader(Repository repository) {
    this.repository = repository;
  }

  TreeResult tree(String commit, String folder, Limits limits) throws IOException {
    try (ObjectReader reader = repository.newObjectReader();
        var commits = new RevWalk(reader)) {
      ObjectId root = commits.parseCommit(ObjectId.fromString(commit)).getTree();
      ObjectId start = folder.isEmpty() ? root : subtree(reader, root, folder);
      if (start == null) {
        return new TreeResult.Missing(commit, folder);
      }
      return list(reader, commit, start, limits);
    }
  }

  private TreeResult list(ObjectReader reader, String commit, ObjectId start, Limits limits)
      throws IOException {
    var files = new TreeMap<String, TreeResult.Entry>();
    var problems = new ArrayList<TreeResult.Problem>();
    long total = 0;
    int seen = 0;
    try (var walk = new TreeWalk(repository, reader)) {
      walk.addTree(start);
      while (walk.next() && problems.size() < NAMED) {
        String path = walk.getPathString();
        // Folders count as well: a small pack can hold trees that unfold without end.
        if (++seen > 2 * limits.files() || files.size() >= limits.files()) {
          problems.add(problem(path, "more than " + limits.files() + " files lie here"));
          break;
        }
        String refused = refusal(walk, limits);
        if (refused != null) {
          problems.add(problem(path, refused));
        } else if (walk.isSubtree()) {
          walk.enterSubtree();
        } else {
          ObjectId blob = walk.getObjectId(0);
          long bytes = reader.getObjectSize(blob, ObjectReader.OBJ_ANY);
          total += bytes;
          if (bytes > limits.fileBytes()) {
            problems.add(
                problem(path, bytes + " bytes, at most " + limits.fileBytes() + " are read"));
          } else if (total > limits.totalBytes()) {
            problems.add(
                problem(path, "with it the files are over " + limits.totalBytes() + " bytes"));
            break;
          }
          files.put(path, new TreeResult.Entry(blob.name(), bytes));
        }
      }
    }
    return problems.isEmpty()
        ? new TreeResult.Tree(commit, start.name(), files)
        : new TreeResult.Refused(commit, List.copyOf(problems));
  }

  /** The content of some files of a tree. */
  FilesResult files(TreeResult.Tree tree, BiPredicate<String, TreeResult.Entry> wanted)
      throws IOException {
    SortedMap<String, byte[]> content = new TreeMap<>();
    var problems = new ArrayList<TreeResult.Problem>();
    try (ObjectReader reader = repository.newObjectReader()) {
      for (var file : tree.files().entrySet()) {
        if (!wanted.test(file.getKey(), file.getValue())) {
          continue;
        }
        byte[] bytes = blob(reader, file.getValue());
        if (startsWith(bytes, LFS)) {
          problems.add(
              problem(
                  file.getKey(),
                  "a Git LFS pointer, not the file itself; keep manifests out of LFS"));
          if (problems.size() == NAMED) {
            break;
          }
        }
        content.put(file.getKey(), bytes);
      }
    }
    return problems.isEmpty()
        ? new FilesResult.Files(content)
        : new FilesResult.Refused(List.copyOf(problems));
  }

  private static byte[] blob(ObjectReader reader, TreeResult.Entry entry) throws IOException {
    return reader
        .open(ObjectId.fromString(entry.blob()))
        .getCachedBytes((int) Math.min(entry.bytes() + 1, Integer.MAX_VALUE - 8));
  }

  private @Nullable ObjectId subtree(ObjectReader reader, ObjectId root, String folder)
      throws IOException {
    try (TreeWalk walk = TreeWalk.forPath(repository, reader, folder, root)) {
      return walk != null && walk.isSubtree() ? walk.getObjectId(0) : null;
    } catch (MissingObjectException e) {
      throw new GitException("The repository has lost the tree of '" + folder + "'", e);
    }
  }

  /** Why an entry is never read; null where it may be. */
  private @Nullable String refusal(TreeWalk walk, Limits limits) {
    try {
      byte[] name = walk.getRawPath();
      checker.checkPath(name, 0, name.length);
    } catch (CorruptObjectException e) {
      return "not a safe name: " + e.getMessage();
    }
    int mode = walk.getRawMode(0);
    if (walk.getDepth() >= limits.depth()) {
      return "more than " + limits.depth() + " folders deep";
    } else if (FileMode.SYMLINK.equals(mode)) {
      return "a symbolic link; commit the file itself";
    } else if (FileMode.GITLINK.equals(mode)) {
      return "a submodule; commit its files instead";
    } else if (FileMode.TREE.equals(mode)
        || FileMode.REGULAR_FILE.equals(mode)
        || FileMode.EXECUTABLE_FILE.equals(mode)) {
      return null;
    }
    return "neither a file nor a folder";
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }

  private static TreeResult.Problem problem(String path, String message) {
    return new TreeResult.Problem(path, message);
  }
}
