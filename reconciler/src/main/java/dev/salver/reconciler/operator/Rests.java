package dev.salver.reconciler.operator;

import dev.salver.kube.ObjectKey;
import dev.salver.kube.run.Scheduler;
import dev.salver.reconciler.apply.Outcome;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Lets what failed rest for a growing time before it is tried again. */
final class Rests {
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Scheduler scheduler;
  private final Runnable wake;
  private final Map<ObjectKey, Rest> rests = new HashMap<>();

  private static final class Rest {
    int failures;
    boolean over;
    Scheduler.Cancellable timer = () -> {};
  }

  Rests(Scheduler scheduler, Runnable wake) {
    this.scheduler = scheduler;
    this.wake = wake;
  }

  synchronized boolean isDue(ObjectKey key) {
    Rest rest = rests.get(key);
    return rest == null || rest.over;
  }

  synchronized void note(Outcome outcome) {
    Rest rest = rests.get(outcome.key());
    if (outcome.isSettled()) {
      if (rest != null) {
        rest.timer.cancel();
        rests.remove(outcome.key());
      }
      return;
    }
    Rest next = rest == null ? new Rest() : rest;
    rests.put(outcome.key(), next);
    next.timer.cancel();
    next.over = false;
    Duration time = FIRST.multipliedBy(1L << Math.min(next.failures++, 10));
    next.timer =
        scheduler.after(
            time.compareTo(LONGEST) > 0 ? LONGEST : time,
            () -> {
              end(next);
              wake.run();
            });
  }

  private synchronized void end(Rest rest) {
    rest.over = true;
  }

  /** The object changed in a way that may let it succeed now. */
  synchronized void end(ObjectKey key) {
    Rest rest = rests.get(key);
    if (rest != null) {
      rest.timer.cancel();
      rest.over = true;
    }
  }

  /** Somebody wants everything tried now. */
  synchronized void endAll() {
    rests.keySet().forEach(this::end);
  }

  synchronized void close() {
    rests.values().forEach(rest -> rest.timer.cancel());
    rests.clear();
  }
}
