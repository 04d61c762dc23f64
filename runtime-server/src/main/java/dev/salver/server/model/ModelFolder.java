package dev.salver.server.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the one model in a folder: a {@code .onnx} file there, or {@code NUMBER/model.onnx} or
 * {@code NAME/NUMBER/model.onnx} (Triton's repository layout, of which the highest number is
 * taken), or the only file there is.
 */
final class ModelFolder {
  private static final Pattern VERSION = Pattern.compile("[0-9]{1,18}");
  private static final int MOST_NAMED = 10;

  private ModelFolder() {}

  sealed interface Found {
    /** The file to load, and the version that its folder says, "1" if none. */
    record Model(Path file, String version) implements Found {}

    record None(String message) implements Found {}
  }

  static Found find(Path folder) {
    try {
      if (Files.isRegularFile(folder)) {
        return new Found.Model(folder, "1");
      }
      if (!Files.isDirectory(folder)) {
        return new Found.None("there is no folder " + folder + " (--model_dir)");
      }
      List<Path> flat = files(folder).stream().filter(ModelFolder::onnx).toList();
      if (!flat.isEmpty()) {
        return single(folder, flat);
      }
      Optional<Found> versioned = versioned(folder);
      if (versioned.isPresent()) {
        return versioned.get();
      }
      List<Path> models = folders(folder).stream().filter(f -> versioned(f).isPresent()).toList();
      if (models.size() == 1) {
        return versioned(models.getFirst()).orElseThrow();
      }
      if (!models.isEmpty()) {
        return single(folder, models);
      }
      List<Path> others = files(folder);
      return others.size() == 1
          ? new Found.Model(others.getFirst(), "1")
          : new Found.None("there is no .onnx file in " + folder + contents(others));
    } catch (IOException | java.io.UncheckedIOException e) {
      return new Found.None("can't read " + folder + ": " + e.getMessage());
    }
  }

  /** Whether there is nothing that could be a model. */
  static boolean empty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return true;
    }
    return Files.isDirectory(folder) && files(folder).isEmpty() && folders(folder).isEmpty();
  }

  private static Found single(Path folder, List<Path> candidates) {
    return candidates.size() == 1
        ? new Found.Model(candidates.getFirst(), "1")
        : new Found.None(
            "there must be one model in " + folder + ", there are" + contents(candidates));
  }

  private static Optional<Found> versioned(Path folder) {
    try {
      return folders(folder).stream()
          .filter(f -> VERSION.matcher(String.valueOf(f.getFileName())).matches())
          .filter(f -> Files.isRegularFile(f.resolve("model.onnx")))
          .max(Comparator.comparingLong(f -> Long.parseLong(String.valueOf(f.getFileName()))))
          .map(f -> new Found.Model(f.resolve("model.onnx"), String.valueOf(f.getFileName())));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String contents(List<Path> paths) {
    if (paths.isEmpty()) {
      return "";
    }
    String names =
        String.join(
            ", ",
            paths.stream().limit(MOST_NAMED).map(p -> String.valueOf(p.getFileName())).toList());
    return ": " + names + (paths.size() > MOST_NAMED ? ", ..." : "");
  }

  private static boolean onnx(Path file) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".onnx");
  }

  private static List<Path> files(Path folder) throws IOException {
    return visible(folder).stream().filter(Files::isRegularFile).toList();
  }

  private static List<Path> folders(Path folder) throws IOException {
    return visible(folder).stream().filter(Files::isDirectory).toList();
  }

  private static List<Path> visible(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(p -> !String.valueOf(p.getFileName()).startsWith("."))
          .filter(p -> !String.valueOf(p.getFileName()).equals("lost+found"))
          .sorted()
          .toList();
    }
  }
}
