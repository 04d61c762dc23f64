package dev.salver.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** When a repository is worth packing. */
final class Tidying {
  private static final int PACKS = 50;

  /** One of 256 folders holds about this many of the loose objects when 4,000 lie around. */
  private static final int LOOSE = 16;

  private Tidying() {}

  static boolean isDue(Path repository) {
    return count(repository.resolve("objects/pack"), ".pack") > PACKS
        || count(repository.resolve("objects/17"), "") > LOOSE;
  }

  private static long count(Path folder, String suffix) {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    try (var entries = Files.list(folder)) {
      return entries.filter(entry -> entry.toString().endsWith(suffix)).count();
    } catch (IOException e) {
      throw new GitException("The folder " + folder + " cannot be listed", e);
    }
  }
}
