package dev.salver.cli;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The {@code .serve} files that places on a command line mean, nested projects included. */
final class SourcePaths {
  private static final int MAX_DEPTH = 64;

  private SourcePaths() {}

  /**
   * By the path to show, as it was given; without places, those of the project around the current
   * folder. Hidden folders and {@code target} are left out, links are not followed.
   */
  static SortedMap<String, Path> of(List<String> places) throws IOException {
    var found = new TreeMap<String, Path>();
    if (places.isEmpty()) {
      Path project = ProjectFolder.resolve(null);
      collect(project, shortened(project), found);
      return found;
    }
    for (String place : places) {
      Path path = Path.of(place);
      if (Files.isDirectory(path)) {
        collect(path, path, found);
      } else if (Files.isRegularFile(path)) {
        found.put(shown(path.normalize()), path);
      } else {
        throw CommandFailure.usage(place + " does not exist");
      }
    }
    return found;
  }

  /** Where a file that {@link #of} found lies. */
  static Path at(SortedMap<String, Path> files, String path) {
    return Objects.requireNonNull(files.get(path), path);
  }

  private static void collect(Path folder, Path shown, SortedMap<String, Path> found)
      throws IOException {
    Files.walkFileTree(
        folder,
        Set.of(),
        MAX_DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path each, BasicFileAttributes attributes) {
            String name = each.getFileName() == null ? "" : each.getFileName().toString();
            boolean skipped =
                !each.equals(folder) && (name.startsWith(".") || name.equals("target"));
            return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path each, BasicFileAttributes attributes) {
            String name = each.getFileName().toString();
            if (attributes.isRegularFile() && name.endsWith(".serve") && !name.startsWith(".")) {
              found.put(shown(shown.resolve(folder.relativize(each)).normalize()), each);
            }
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** As seen from the current folder where it lies below it. */
  private static Path shortened(Path folder) {
    Path here = Path.of("").toAbsolutePath();
    return folder.startsWith(here) ? here.relativize(folder) : folder;
  }

  private static String shown(Path path) {
    return path.toString().replace('\\', '/');
  }
}
