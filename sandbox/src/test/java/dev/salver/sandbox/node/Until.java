package dev.salver.sandbox.node;

import static org.junit.jupiter.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits on a condition with a deadline. */
public final class Until {
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Until() {}

  public static void holds(String what, Callable<Boolean> condition) throws Exception {
    gives(what, condition, Boolean::booleanValue);
  }

  /** The first value that passes; the last one seen is part of the failure. */
  public static <T> T gives(String what, Callable<T> value, Predicate<T> wanted) throws Exception {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    T seen = value.call();
    while (!wanted.test(seen)) {
      if (System.nanoTime() > deadline) {
        fail(what + " did not come about; last seen: " + seen);
      }
      Thread.sleep(10);
      seen = value.call();
    }
    return seen;
  }
}
