package dev.salver.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.salver.kube.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The folder that {@code compile --to} fills. What an earlier compile wrote there and this one does
 * not make any more is removed, so that whoever applies the folder gets no service that was taken
 * out of the program. The earlier {@code origins.json} says which files those are; no other file is
 * touched.
 */
final class OutputFolder {
  static final String SOURCE_MAP = "origins.json";

  /** What {@code compile} calls its files; a map that names others is not obeyed. */
  private static final Pattern NAME = Pattern.compile("[a-z]+-[a-z0-9.-]+\\.yaml");

  private OutputFolder() {}

  /** Each file appears whole or not at all; one that is as it should be is left alone. */
  static void write(Path folder, Map<String, byte[]> files) throws IOException {
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      throw CommandFailure.usage("--to " + folder + " is a file; name a folder");
    }
    boolean fresh = !Files.exists(folder);
    Files.createDirectories(folder);
    List<Path> stale = fresh ? List.of() : stale(folder, files.keySet());
    Path part = folder.resolve(".salver-" + ProcessHandle.current().pid() + ".part");
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        Path target = folder.resolve(file.getKey());
        if (fresh || !holds(target, file.getValue())) {
          Files.write(part, file.getValue());
          Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    for (Path each : stale) {
      Files.deleteIfExists(each);
    }
  }

  private static boolean holds(Path file, byte[] content) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        && Files.size(file) == content.length
        && Arrays.equals(Files.readAllBytes(file), content);
  }

  private static List<Path> stale(Path folder, Set<String> made) throws IOException {
    Path map = folder.resolve(SOURCE_MAP);
    var stale = new ArrayList<Path>();
    if (!Files.isRegularFile(map, LinkOption.NOFOLLOW_LINKS)) {
      return stale;
    }
    JsonNode earlier;
    try {
      earlier = Json.parse(Files.readString(map));
    } catch (IllegalArgumentException | IOException notOurs) {
      return stale;
    }
    for (Map.Entry<String, JsonNode> file : earlier.path("files").properties()) {
      String name = file.getKey();
      if (!NAME.matcher(name).matches() || made.contains(name)) {
        continue;
      }
      Path at = folder.resolve(name);
      if (Files.isRegularFile(at, LinkOption.NOFOLLOW_LINKS)) {
        stale.add(at);
      }
    }
    return stale;
  }
}
