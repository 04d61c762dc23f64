package dev.salver.compiler.memo;

import java.util.IdentityHashMap;
import java.util.function.Function;

/**
 * Results by the very object that they were worked out of, which must be immutable. A result that
 * one whole round did not ask for is forgotten, so that it holds no more than the last round.
 *
 * @param <K> compared by identity
 */
public final class Memo<K, V> {
  private IdentityHashMap<K, V> earlier = new IdentityHashMap<>();
  private IdentityHashMap<K, V> asked = new IdentityHashMap<>();

  /** Begins a round. */
  public void round() {
    earlier = asked;
    asked = new IdentityHashMap<>(Math.max(32, earlier.size()));
  }

  /**
   * @param work must depend on the key alone, and on what is the same for as long as this memo is
   *     kept
   */
  public V of(K key, Function<? super K, ? extends V> work) {
    V known = asked.get(key);
    if (known == null) {
      known = earlier.get(key);
      if (known == null) {
        known = work.apply(key);
      }
      asked.put(key, known);
    }
    return known;
  }
}
