package dev.salver.compiler.memo;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** The results that were asked for last, by what they were worked out of; for many threads. */
public final class Kept<V> {
  private final Map<String, V> results;

  /**
   * @param most results are held
   */
  public Kept(int most) {
    results =
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > most;
          }
        };
  }

  /**
   * @param work must depend on the key alone; two threads may do it at once
   */
  public V of(String key, Function<String, V> work) {
    synchronized (results) {
      V known = results.get(key);
      if (known != null) {
        return known;
      }
    }
    V worked = work.apply(key);
    synchronized (results) {
      results.put(key, worked);
    }
    return worked;
  }
}
