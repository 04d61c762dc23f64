package dev.salver.compiler.overlay;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a setting stands within its declaration, such as {@code scale.replicas}. */
public final class Path implements Comparable<Path> {
  private final String[] keys;
  private @Nullable String text;

  private Path(String[] keys) {
    this.keys = keys;
  }

  public Path(List<String> keys) {
    this(keys.toArray(String[]::new));
  }

  public static Path of(String... keys) {
    return new Path(keys.clone());
  }

  public List<String> keys() {
    return List.of(keys);
  }

  /** How many keys it has. */
  public int size() {
    return keys.length;
  }

  public Path then(String key) {
    String[] longer = Arrays.copyOf(keys, keys.length + 1);
    longer[keys.length] = key;
    return new Path(longer);
  }

  public Path then(Path below) {
    String[] longer = Arrays.copyOf(keys, keys.length + below.keys.length);
    System.arraycopy(below.keys, 0, longer, keys.length, below.keys.length);
    return new Path(longer);
  }

  public String first() {
    return keys[0];
  }

  /** Whether this is the other path or lies below it. */
  public boolean isWithin(Path other) {
    int size = other.keys.length;
    return keys.length >= size && Arrays.equals(keys, 0, size, other.keys, 0, size);
  }

  /** The first keys of a longer path. */
  public Path before(int count) {
    return new Path(Arrays.copyOf(keys, count));
  }

  /** The keys below a longer path's beginning. */
  public Path after(int count) {
    return new Path(Arrays.copyOfRange(keys, count, keys.length));
  }

  @Override
  public int compareTo(Path other) {
    int common = Math.min(keys.length, other.keys.length);
    for (int i = 0; i < common; i++) {
      int order = keys[i].compareTo(other.keys[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(keys.length, other.keys.length);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Path path && Arrays.equals(keys, path.keys);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(keys);
  }

  @Override
  public String toString() {
    String known = text;
    if (known == null) {
      known = String.join(".", keys);
      text = known;
    }
    return known;
  }
}
