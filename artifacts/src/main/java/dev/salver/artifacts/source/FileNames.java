package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Place.Item;
import dev.salver.artifacts.source.Place.Listing;
import dev.salver.artifacts.source.Staging.Stop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Which of a place's files are taken, and under which names. */
final class FileNames {
  private static final int MAX_LENGTH = 1024;

  /** The order of a folder's digest: by the bytes of the path. */
  static final Comparator<Item> ORDER =
      Comparator.comparing(
          (Item item) -> item.path().getBytes(StandardCharsets.UTF_8), Arrays::compareUnsigned);

  private FileNames() {}

  /**
   * The files that are taken, in order. Hidden ones are left out: mounted volumes, Git and hubs
   * keep their bookkeeping there.
   */
  static Listing taken(String shown, Listing listing, ModelSource.Limits limits) throws Stop {
    List<Item> items = new ArrayList<>();
    Map<String, String> seen = new HashMap<>();
    for (Item item : listing.items()) {
      Optional<String> problem = problem(item.path());
      if (problem.isPresent()) {
        throw refused(shown, problem.get());
      }
      if (isHidden(item.path()) && !listing.isSingle()) {
        continue;
      }
      String same = seen.put(item.path().toLowerCase(Locale.ROOT), item.path());
      if (same != null) {
        throw refused(
            shown,
            "\"" + same + "\" and \"" + item.path() + "\" are one file where case is ignored");
      }
      items.add(item);
      if (items.size() > limits.files()) {
        throw refused(shown, "it has more than " + limits.files() + " files");
      }
    }
    if (items.isEmpty()) {
      throw new Stop(new Failure.Missing(shown + " (an empty folder)"));
    }
    items.sort(ORDER);
    return new Listing(items, listing.isSingle());
  }

  private static Optional<String> problem(String path) {
    String shown =
        "\"" + path.replaceAll("\\p{Cntrl}", "�").substring(0, Math.min(100, path.length())) + "\"";
    boolean controls = path.chars().anyMatch(c -> c < ' ' || c == 0x7f);
    if (path.isEmpty() || path.length() > MAX_LENGTH || controls) {
      return Optional.of("it has a file whose name can't be one, " + shown);
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..") || part.indexOf('\\') >= 0) {
        return Optional.of("it has a file outside itself, " + shown);
      }
    }
    return Optional.empty();
  }

  private static boolean isHidden(String path) {
    return path.startsWith(".") || path.contains("/.");
  }

  private static Stop refused(String shown, String reason) {
    return new Stop(new Failure.NotReadable(shown, reason));
  }
}
