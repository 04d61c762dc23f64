package dev.salver.sandbox.node;

import java.time.Duration;

/** Delays between restarts: doubling, bounded, the first one again after a long calm run. */
record BackOff(Duration first, Duration max, Duration calm, int inARow) {
  static BackOff of(NodeOptions options) {
    return new BackOff(options.backOff(), options.maxBackOff(), options.calm(), 0);
  }

  /** After a run of a length. */
  BackOff after(Duration run) {
    return new BackOff(first, max, calm, run.compareTo(calm) >= 0 ? 1 : inARow + 1);
  }

  /** How long to wait now. */
  Duration delay() {
    Duration delay = first.multipliedBy(1L << Math.min(Math.max(inARow - 1, 0), 20));
    return delay.compareTo(max) > 0 ? max : delay;
  }
}
