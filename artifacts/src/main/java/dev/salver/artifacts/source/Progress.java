package dev.salver.artifacts.source;

import java.time.Duration;

/** Hears how far a fetch is. Called from the thread that fetches. */
public interface Progress {
  /** Hears nothing. */
  Progress NONE = new Progress() {};

  /** How much there will be in all, once that is known. */
  default void expected(long bytes) {}

  /** So many more bytes came. */
  default void received(long bytes) {}

  /** Something failed that may work the next time, after a pause. */
  default void retrying(String address, String reason, Duration pause) {}
}
