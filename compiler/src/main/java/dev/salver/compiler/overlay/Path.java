package dev.salver.compiler.overlay;

import java.util.ArrayList;
import java.util.List;

/** Where a setting stands within its declaration, such as {@code scale.replicas}. */
public record Path(List<String> keys) implements Comparable<Path> {
  public Path {
    keys = List.copyOf(keys);
  }

  public static Path of(String... keys) {
    return new Path(List.of(keys));
  }

  public Path then(String key) {
    var longer = new ArrayList<>(keys);
    longer.add(key);
    return new Path(longer);
  }

  public Path then(Path below) {
    var longer = new ArrayList<>(keys);
    longer.addAll(below.keys);
    return new Path(longer);
  }

  public String first() {
    return keys.getFirst();
  }

  /** Whether this is the other path or lies below it. */
  public boolean isWithin(Path other) {
    return keys.size() >= other.keys.size()
        && keys.subList(0, other.keys.size()).equals(other.keys);
  }

  /** The keys below a longer path's beginning. */
  public Path after(int count) {
    return new Path(keys.subList(count, keys.size()));
  }

  @Override
  public int compareTo(Path other) {
    int common = Math.min(keys.size(), other.keys.size());
    for (int i = 0; i < common; i++) {
      int order = keys.get(i).compareTo(other.keys.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(keys.size(), other.keys.size());
  }

  @Override
  public String toString() {
    return String.join(".", keys);
  }
}
