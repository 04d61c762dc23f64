package dev.salver.compiler.random;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/** What chance decides; one seed always decides the same. */
public final class Draw {
  private final SplittableRandom random;

  public Draw(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From 0 to just below the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** From low to high, both included. */
  public int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  public long between(long low, long high) {
    return random.nextLong(low, high + 1);
  }

  /** True once in so many times. */
  public boolean oneIn(int times) {
    return random.nextInt(times) == 0;
  }

  @SafeVarargs
  public final <T> T of(T... items) {
    return items[random.nextInt(items.length)];
  }

  public <T> T of(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  RandomGenerator generator() {
    return random;
  }
}
