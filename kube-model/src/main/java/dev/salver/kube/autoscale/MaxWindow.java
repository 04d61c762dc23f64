package dev.salver.kube.autoscale;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** The largest of the last values, by slots of time (Knative's delay of scaling down). */
final class MaxWindow {
  private record Entry(long slot, int value) {}

  private final long slots;
  private final long granularitySeconds;
  private final ArrayDeque<Entry> falling = new ArrayDeque<>();

  MaxWindow(Duration window, Duration granularity) {
    this.granularitySeconds = granularity.toSeconds();
    this.slots = Math.max(1, Math.ceilDiv(window.toMillis(), granularity.toMillis()));
  }

  /** Takes a value in and says the largest one now. */
  int record(Instant now, int value) {
    long slot = now.getEpochSecond() / granularitySeconds;
    while (!falling.isEmpty() && falling.getFirst().slot() <= slot - slots) {
      falling.removeFirst();
    }
    while (!falling.isEmpty() && falling.getLast().value() <= value) {
      falling.removeLast();
    }
    falling.addLast(new Entry(slot, value));
    return falling.getFirst().value();
  }
}
