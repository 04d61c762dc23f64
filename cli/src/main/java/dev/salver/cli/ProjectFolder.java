package dev.salver.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The {@code [DIR]} that every command takes. */
final class ProjectFolder {
  private @Nullable Path folder;

  void declare(Options options) {
    options.word(
        0,
        false,
        "DIR",
        Path.class,
        value -> folder = value,
        "The project's folder; by default the project around the current folder.");
  }

  /**
   * The folder that was named, or the nearest one upwards with a {@code project.serve}.
   *
   * @throws CommandFailure where there is none
   */
  Path resolve() {
    return resolve(folder);
  }

  /** The same for a folder that was named elsewhere. */
  static Path resolve(@Nullable Path folder) {
    if (folder != null) {
      if (!Files.isDirectory(folder)) {
        throw CommandFailure.usage(
            Files.exists(folder)
                ? folder + " is a file; name the project's folder"
                : folder + " does not exist");
      }
      return real(folder);
    }
    Path here = real(Path.of(""));
    for (Path candidate = here; candidate != null; candidate = candidate.getParent()) {
      if (Files.isRegularFile(candidate.resolve("project.serve"))) {
        return candidate;
      }
    }
    throw CommandFailure.usage(
        "no project.serve here or above "
            + here
            + "; name the project's folder: salver COMMAND DIR");
  }

  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      throw CommandFailure.outside(path + " can't be read: " + e.getMessage());
    }
  }
}
