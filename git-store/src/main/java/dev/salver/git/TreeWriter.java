package dev.salver.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jgit.dircache.DirCache;
import org.eclipse.jgit.dircache.DirCacheBuilder;
import org.eclipse.jgit.dircache.DirCacheEntry;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevTree;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.jspecify.annotations.Nullable;

/** Makes a tree in which one folder holds exactly the given files and all else stays. */
final class TreeWriter {
  private TreeWriter() {}

  static ObjectId write(
      ObjectInserter inserter, @Nullable RevTree base, String folder, Map<String, byte[]> files)
      throws IOException {
    DirCache index = DirCache.newInCore();
    DirCacheBuilder builder = index.builder();
    if (base != null) {
      keepOutside(builder, inserter, base, folder);
    }
    for (var file : new TreeMap<>(files).entrySet()) {
      String path = folder.isEmpty() ? file.getKey() : folder + "/" + file.getKey();
      var entry = new DirCacheEntry(Paths.checked(path));
      entry.setFileMode(FileMode.REGULAR_FILE);
      entry.setObjectId(inserter.insert(Constants.OBJ_BLOB, file.getValue()));
      builder.add(entry);
    }
    builder.finish();
    return index.writeTree(inserter);
  }

  private static void keepOutside(
      DirCacheBuilder builder, ObjectInserter inserter, RevTree base, String folder)
      throws IOException {
    if (folder.isEmpty()) {
      return;
    }
    try (ObjectReader reader = inserter.newReader();
        var walk = new TreeWalk(reader)) {
      walk.addTree(base);
      walk.setRecursive(false);
      while (walk.next()) {
        String path = walk.getPathString();
        boolean replaced =
            path.equals(folder) || (!walk.isSubtree() && folder.startsWith(path + "/"));
        if (replaced) {
          continue;
        }
        if (walk.isSubtree() && folder.startsWith(path + "/")) {
          walk.enterSubtree();
        } else if (walk.isSubtree()) {
          builder.addTree(path.getBytes(StandardCharsets.UTF_8), 0, reader, walk.getObjectId(0));
        } else {
          var entry = new DirCacheEntry(walk.getRawPath());
          entry.setFileMode(walk.getFileMode(0));
          entry.setObjectId(walk.getObjectId(0));
          builder.add(entry);
        }
      }
    }
  }
}
