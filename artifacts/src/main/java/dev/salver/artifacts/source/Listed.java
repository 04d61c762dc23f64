package dev.salver.artifacts.source;

import dev.salver.artifacts.source.Place.Item;
import dev.salver.artifacts.source.Place.Listing;
import dev.salver.artifacts.source.Staging.Stop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers the objects under a prefix of a bucket, page by page. The address names an object, or a
 * folder of them; {@code models/1} is not a folder that holds {@code models/10}.
 */
final class Listed {
  private final String shown;
  private final String prefix;
  private final ModelSource.Limits limits;
  private final List<Item> items = new ArrayList<>();
  private int seen;

  /**
   * @param prefix without a slash at its end; empty for the whole bucket
   */
  Listed(String shown, String prefix, ModelSource.Limits limits) {
    this.shown = shown;
    this.prefix = prefix;
    this.limits = limits;
  }

  /**
   * An object of the page; markers of empty folders, and what is no part of the prefix, are left
   * out.
   */
  void add(String key, long size, Optional<String> tag) throws Stop {
    seen++;
    if (seen > 10 * limits.files()) {
      throw new Stop(
          new Failure.NotReadable(shown, "it has more than " + limits.files() + " files"));
    }
    if (key.endsWith("/")) {
      return;
    }
    String path =
        key.equals(prefix)
            ? key.substring(key.lastIndexOf('/') + 1)
            : prefix.isEmpty()
                ? key
                : key.startsWith(prefix + "/") ? key.substring(prefix.length() + 1) : "";
    if (!path.isEmpty()) {
      items.add(new Item(path, size, key, tag, Optional.empty()));
    }
  }

  /** All of them; an object of exactly this name is meant before a folder is. */
  Listing listing() throws Stop {
    for (Item item : items) {
      if (item.key().equals(prefix)) {
        return new Listing(List.of(item), true);
      }
    }
    if (items.isEmpty()) {
      throw new Stop(new Failure.Missing(shown));
    }
    return new Listing(items, false);
  }

  /** A size as a listing writes it; -1 where it is none. */
  static long size(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : -1;
  }

  /** A page that is not what the place's own documentation says. */
  static Stop strange(String shown) {
    return new Stop(new Failure.NotReadable(shown, "the listing that came is none"));
  }

  /** {@code models/1/} to {@code models/1}; the address's own slashes before it are gone. */
  static String prefix(String path) {
    return path.replaceAll("^/+", "").replaceAll("/+$", "");
  }
}
