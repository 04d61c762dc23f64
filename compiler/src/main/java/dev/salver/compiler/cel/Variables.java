package dev.salver.compiler.cel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * The paths that an expression reads when compiling: each is a variable {@code v0} beside a {@code
 * s0} that says whether it is set.
 */
final class Variables implements Dialect {
  /** So many are declared. */
  static final int MAX = 200;

  private final List<List<String>> paths = new ArrayList<>();

  @Override
  public Optional<Read> read(List<String> path, Shape shape) {
    return number(path).map(number -> new Read("v" + number, "s" + number));
  }

  @Override
  public Optional<String> isSet(List<String> path) {
    return number(path).map(number -> "s" + number);
  }

  @Override
  public boolean hasOwnFunctions() {
    return true;
  }

  private Optional<Integer> number(List<String> path) {
    int at = paths.indexOf(path);
    if (at < 0 && paths.size() < MAX) {
      at = paths.size();
      paths.add(path);
    }
    return at < 0 ? Optional.empty() : Optional.of(at);
  }

  int size() {
    return paths.size();
  }

  boolean isFull() {
    return paths.size() >= MAX;
  }

  SequencedSet<List<String>> paths() {
    return new LinkedHashSet<>(paths);
  }

  /** What the variables are worth. */
  Map<String, Object> values(Map<String, Object> roots) {
    var values = new HashMap<String, Object>();
    for (int number = 0; number < paths.size(); number++) {
      Object value = at(roots, paths.get(number));
      values.put("s" + number, value != null && !(value instanceof Map<?, ?> map && map.isEmpty()));
      if (value != null) {
        values.put("v" + number, value);
      }
    }
    return values;
  }

  private static @Nullable Object at(Map<String, Object> roots, List<String> path) {
    Object value = roots;
    for (String key : path) {
      value = value instanceof Map<?, ?> map ? map.get(key) : null;
    }
    return value;
  }
}
